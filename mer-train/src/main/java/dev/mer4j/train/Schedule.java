package dev.mer4j.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mer4j.ConfigException;
import java.util.ArrayList;
import java.util.List;

/**
 * What changes in the course of a run. All of it is a function of the epoch and the step, so there
 * is nothing to save.
 *
 * @param warmupEpochs over how many epochs, or which part of one, the learning rate grows in a
 *     straight line to its full value; 0 for none
 * @param decay what the learning rate does afterwards
 * @param modalityDropoutEpochs over how many epochs the modality dropout grows, epoch by epoch, to
 *     its full probability; 0 for none
 */
public record Schedule(double warmupEpochs, Decay decay, int modalityDropoutEpochs) {
  /** Nothing changes. */
  public static final Schedule CONSTANT = new Schedule(0, Decay.NONE, 0);

  /** What a learning rate does after its warm-up. */
  public enum Decay {
    /** It stays. */
    @JsonProperty("none")
    NONE,
    /** It follows half a cosine down to 0 (Loshchilov and Hutter, 2017, without restarts). */
    @JsonProperty("cosine")
    COSINE
  }

  public Schedule {
    List<String> problems = new ArrayList<>();
    if (!(warmupEpochs >= 0 && warmupEpochs < Double.POSITIVE_INFINITY)) {
      problems.add("warm-up epochs must be at least 0 and finite: " + warmupEpochs);
    }
    if (modalityDropoutEpochs < 0) {
      problems.add("modality dropout epochs must be at least 0: " + modalityDropoutEpochs);
    }
    ConfigException.throwIfAny("schedule", problems);
  }

  /**
   * What the learning rate is multiplied by, in (0, 1].
   *
   * @param step of the run, from 0
   * @param stepsPerEpoch at least 1
   * @param epochs of the whole run
   */
  double learningRateFactor(long step, int stepsPerEpoch, int epochs) {
    double warmup = warmupEpochs * stepsPerEpoch;
    if (step + 1 < warmup) {
      return (step + 1) / warmup;
    }
    if (decay == Decay.NONE) {
      return 1;
    }
    double begin = Math.max(0, Math.ceil(warmup) - 1);
    double length = (double) stepsPerEpoch * epochs - begin;
    return (1 + Math.cos(Math.PI * (step - begin) / length)) / 2;
  }

  /**
   * What the modality dropout's probability is multiplied by, in (0, 1].
   *
   * @param epoch from 1
   */
  double modalityDropoutFactor(int epoch) {
    return Math.min(1, epoch / (modalityDropoutEpochs + 1.0));
  }
}
