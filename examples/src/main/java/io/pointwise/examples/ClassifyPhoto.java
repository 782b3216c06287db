// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.examples;

import io.pointwise.device.Device;
import io.pointwise.device.DeviceOptions;
import io.pointwise.device.DevicePolicy;
import io.pointwise.device.Devices;
import io.pointwise.network.Network;
import io.pointwise.onnx.Onnx;
import io.pointwise.plan.Plan;
import io.pointwise.plan.Planner;
import io.pointwise.tensor.Shape;
import io.pointwise.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Says what is on a photo of 224×224 pixels, with SqueezeNet 1.1 or any other classifier that takes
 * blue, green and red from 0 to 255 less the means of ImageNet:
 *
 * <pre>java … io.pointwise.examples.ClassifyPhoto squeezenet.onnx kitten.png labels.txt</pre>
 */
public final class ClassifyPhoto {
  private static final float[] MEANS = {104, 117, 123};

  private ClassifyPhoto() {}

  /** Takes the model, the photo and a file with one label a line. */
  public static void main(String[] args) throws IOException {
    List<String> labels = Files.readAllLines(Path.of(args[2]));
    Network net = Onnx.load(Path.of(args[0]));
    Tensor photo = blueGreenRed(ImageIO.read(Path.of(args[1]).toFile()));
    DevicePolicy policy = DevicePolicy.parse("prefer:cuda,opencl,cpu");
    try (Device device = Devices.installed().open(policy, DeviceOptions.DEFAULT).device();
        Plan plan = Planner.plan(net, device)) {
      float[] scores = plan.run(photo).toArray();
      int best =
          IntStream.range(0, scores.length).reduce(0, (a, b) -> scores[b] > scores[a] ? b : a);
      System.out.printf("%s (%.3f)%n", labels.get(best), scores[best]);
    }
  }

  private static Tensor blueGreenRed(BufferedImage image) {
    Tensor tensor = Tensor.zeros(Shape.of(1, 3, image.getHeight(), image.getWidth()));
    long place = 0;
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          int value = image.getRGB(x, y) >> (8 * channel) & 0xFF;
          tensor.set(place++, value - MEANS[channel]);
        }
      }
    }
    return tensor;
  }
}
