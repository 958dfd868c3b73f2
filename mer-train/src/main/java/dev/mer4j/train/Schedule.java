package dev.mer4j.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mer4j.ConfigException;
import java.util.ArrayList;
import java.util.List;

/**
 * Schedules of the learning rate and of modality dropout. They are functions of the epoch and the
 * step, so checkpoints need no state of them.
 *
 * @param warmupEpochs the number of epochs, possibly fractional, over which the learning rate grows
 *     linearly to its full value; 0 for none
 * @param decay the learning rate after the warm-up
 * @param modalityDropoutEpochs the number of epochs over which modality dropout grows to its full
 *     probability; 0 for none
 */
public record Schedule(double warmupEpochs, Decay decay, int modalityDropoutEpochs) {
  /** A constant learning rate and modality dropout. */
  public static final Schedule CONSTANT = new Schedule(0, Decay.NONE, 0);

  /** The learning rate after the warm-up. */
  public enum Decay {
    /** Constant. */
    @JsonProperty("none")
    NONE,
    /** Half a cosine down to 0 (Loshchilov and Hutter, 2017, without restarts). */
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
   * Returns the factor on the learning rate, in (0, 1].
   *
   * @param step the step of the run, from 0
   * @param stepsPerEpoch at least 1
   * @param epochs the number of epochs of the whole run
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
    return (1 + StrictMath.cos(Math.PI * (step - begin) / length)) / 2;
  }

  /**
   * Returns the factor on the probability of modality dropout, in (0, 1].
   *
   * @param epoch from 1
   */
  double modalityDropoutFactor(int epoch) {
    return Math.min(1, epoch / (modalityDropoutEpochs + 1.0));
  }
}
