package dev.mer4j.examples.scala

import dev.mer4j.core.MultimodalModel
import dev.mer4j.data.{EmotionScores, Features, Modality, PerModality, Segment, SegmentId, SegmentList}
import dev.mer4j.data.{TestSplit, TrainingSplit, ValidationSplit}
import dev.mer4j.eval.Evaluator
import dev.mer4j.train.{Trainer, TrainerConfig}

import scala.jdk.CollectionConverters.*
import scala.util.{Random, Using}

private val widths = PerModality.of(Modality.TEXT, Integer.valueOf(6), Modality.AUDIO, Integer.valueOf(3))

/** Trains a model on arrays in memory, evaluates it, and predicts from text only. */
@main def trainInScala(): Unit =
  val training = TrainingSplit.of(clips("train", 120, Random(1)))
  val validation = ValidationSplit.of(clips("valid", 40, Random(2)))
  val test = TestSplit.of(clips("test", 60, Random(3)))
  Using.resource(MultimodalModel.builder().inputs(widths).hidden(16).headHidden(16).build()): model =>
    val config = TrainerConfig.builder().epochs(20).batchSize(12).learningRate(0.01).build()
    Trainer.builder().config(config).build().fit(model, training, validation)
    val macroF1 = Evaluator.withPriorsFrom(training).evaluate("test", model, test).macroF1()
    println(s"backend ${model.backend()}: macro-F1 on the test split is $macroF1")
    require(macroF1 > 0.7, "the planted signal was not found")

    val text = Array.fill(5)(Array(2f, 0f, 0f, 0f, 0f, 0f))
    println(s"most probable: ${model.predict(Map(Modality.TEXT -> text).asJava).mostProbable().key()}")

/** Segments of five steps in which each emotion shifts one column of the text features. */
private def clips(videos: String, count: Int, random: Random): SegmentList =
  val segments =
    for i <- 0 until count yield
      val scores = Array.fill(6)(if random.nextInt(3) == 0 then 1f else 0f)
      val inputs = PerModality.of(
        Modality.TEXT, features(6, random, 3 * scores(_)),
        Modality.AUDIO, features(3, random, _ => 0f))
      Segment(SegmentId(s"$videos${i / 4}", i), 0, 5, EmotionScores.mosei(0, scores*), inputs)
  SegmentList.of(segments.asJava)

private def features(width: Int, random: Random, shift: Int => Float): Features =
  Features(5, width, Array.tabulate(5 * width)(i => shift(i % width) + random.nextGaussian().toFloat))
