/** The device SPI: what a device must offer, and how one is found and chosen. */
@NullMarked
package io.pointwise.device;

import org.jspecify.annotations.NullMarked;
