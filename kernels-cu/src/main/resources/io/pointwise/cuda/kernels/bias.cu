// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// The bias of a convolution.
//
// BIAS: defined where there is one, a number a channel.

#ifdef BIAS
#define BIAS_PARAMETER IN(bias),
#define BIAS_OF(channel) bias[channel]
#else
#define BIAS_PARAMETER
#define BIAS_OF(channel) 0.0f
#endif
