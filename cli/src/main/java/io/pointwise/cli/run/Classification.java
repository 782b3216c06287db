// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

package io.pointwise.cli.run;

import io.pointwise.cli.image.GreyImages;
import io.pointwise.cli.image.IdxFile;
import io.pointwise.cli.image.ImageInput;
import io.pointwise.cli.image.ImageTensor;
import io.pointwise.cli.image.Preprocessing;
import io.pointwise.cli.output.CommandFailure;
import io.pointwise.cli.output.Progress;
import io.pointwise.onnx.OnnxModel;
import io.pointwise.onnx.OnnxSession;
import io.pointwise.onnx.TypedTensor;
import java.util.List;
import java.util.function.LongSupplier;

/** Classifies all images of an idx file once, batch after batch, and counts the right ones. */
final class Classification {
  private static final int DEFAULT_BATCH = 64;
  private static final long PROGRESS_NANOS = 200_000_000;

  private final RunRequest.Digits request;
  private final GreyImages images;
  private final byte[] labels;
  private final ImageInput input;
  private final int batch;
  private final Preprocessing preprocessing;

  /** Reads the files and fits them to the model. */
  Classification(RunRequest.Digits request, Preprocessing preprocessing, OnnxModel model) {
    this.request = request;
    this.preprocessing = preprocessing;
    if (model.inputs().size() != 1) {
      throw CommandFailure.usage(
          "--idx-images needs a model with one input, this one has " + model.inputs().size());
    }
    this.input = ImageInput.of(model.inputs().getFirst());
    this.images = IdxFile.images(request.images());
    this.labels = IdxFile.labels(request.labels());
    if (images.count() == 0 || images.count() != labels.length) {
      throw CommandFailure.file(
          request.images()
              + " holds "
              + images.count()
              + " images, and "
              + request.labels()
              + " "
              + labels.length
              + " labels");
    }
    this.batch = batch();
  }

  private int batch() {
    Integer wanted = request.batch();
    if (input.isBatchFree()) {
      return wanted != null ? wanted : Math.min(DEFAULT_BATCH, images.count());
    }
    if (wanted != null && wanted != input.batch()) {
      throw CommandFailure.usage(
          "--batch=" + wanted + ": the batch of the model is fixed to " + input.batch());
    }
    return Math.max(1, input.batch());
  }

  RunReport.AccuracyJson run(OnnxSession session, Progress progress, LongSupplier clock) {
    int correct = 0;
    long start = clock.getAsLong();
    long shown = start;
    for (int from = 0; from < images.count(); from += batch) {
      int count = Math.min(batch, images.count() - from);
      // The last batch is filled up, so that one plan serves all.
      TypedTensor tensor =
          ImageTensor.ofBytes(images, from, count, batch, input, preprocessing, request.images());
      correct += correct(session.run(List.of(tensor)).getFirst(), from, count);
      long now = clock.getAsLong();
      if (now - shown > PROGRESS_NANOS) {
        progress.show(from + count + " of " + images.count() + " images");
        shown = now;
      }
    }
    progress.clear();
    double seconds = Math.max(1, clock.getAsLong() - start) / 1e9;
    return new RunReport.AccuracyJson(
        images.count(),
        correct,
        (double) correct / images.count(),
        batch,
        seconds,
        images.count() / seconds);
  }

  private int correct(TypedTensor output, int from, int count) {
    Scores scores =
        Scores.of(output)
            .filter(found -> found.rows() == batch)
            .orElseThrow(
                () ->
                    CommandFailure.file(
                        "the model's first output ("
                            + output.shape()
                            + " for "
                            + batch
                            + " images) is not one score a class"));
    int correct = 0;
    for (int row = 0; row < count; row++) {
      if (scores.best(row) == (labels[from + row] & 0xFF)) {
        correct++;
      }
    }
    return correct;
  }
}
