package dev.mer4j.examples.kotlin

import dev.mer4j.core.MultimodalModel
import dev.mer4j.data.EmotionScores
import dev.mer4j.data.Features
import dev.mer4j.data.Modality
import dev.mer4j.data.PerModality
import dev.mer4j.data.Segment
import dev.mer4j.data.SegmentId
import dev.mer4j.data.SegmentList
import dev.mer4j.data.TestSplit
import dev.mer4j.data.TrainingSplit
import dev.mer4j.data.ValidationSplit
import dev.mer4j.eval.Evaluator
import dev.mer4j.train.Trainer
import dev.mer4j.train.TrainerConfig
import kotlin.random.Random
import kotlin.random.asJavaRandom

private val widths = PerModality.of(Modality.TEXT, 6, Modality.AUDIO, 3)

/** Trains a model on arrays in memory, evaluates it, and predicts from text only. */
fun main() {
    val training = TrainingSplit.of(clips("train", 120, Random(1)))
    val validation = ValidationSplit.of(clips("valid", 40, Random(2)))
    val test = TestSplit.of(clips("test", 60, Random(3)))
    MultimodalModel.builder().inputs(widths).hidden(16).headHidden(16).build().use { model ->
        val config = TrainerConfig.builder().epochs(20).batchSize(12).learningRate(0.01).build()
        Trainer.builder().config(config).build().fit(model, training, validation)
        val macroF1 = Evaluator.withPriorsFrom(training).evaluate("test", model, test).macroF1()
        println("backend ${model.backend()}: macro-F1 on the test split is $macroF1")
        check(macroF1 > 0.7) { "the planted signal was not found" }

        val text = Array(5) { floatArrayOf(2f, 0f, 0f, 0f, 0f, 0f) }
        println("most probable: ${model.predict(mapOf(Modality.TEXT to text)).mostProbable().key()}")
    }
}

/** Segments of five steps in which each emotion shifts one column of the text features. */
private fun clips(videos: String, count: Int, random: Random): SegmentList =
    SegmentList.of(List(count) { i ->
        val scores = FloatArray(6) { if (random.nextInt(3) == 0) 1f else 0f }
        val features = PerModality.of(
            Modality.TEXT, features(6, random) { 3 * scores[it] },
            Modality.AUDIO, features(3, random) { 0f },
        )
        Segment(SegmentId("$videos${i / 4}", i), 0.0, 5.0, EmotionScores.mosei(0f, *scores), features)
    })

private fun features(width: Int, random: Random, shift: (Int) -> Float): Features {
    val noise = random.asJavaRandom()
    return Features(5, width, FloatArray(5 * width) { shift(it % width) + noise.nextGaussian().toFloat() })
}
