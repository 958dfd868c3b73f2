package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parameters of {@link EmotionClassificationModel} as Spark and PySpark see them. */
class ModelParamsTest {
  private final EmotionClassificationModel model = new EmotionClassificationModel("uid");

  static Stream<String> parameters() {
    return Arrays.stream(new EmotionClassificationModel("uid").params()).map(Param::name);
  }

  @Test
  void sparkFindsAndExplainsEveryParameter() {
    assertThat(parameters())
        .containsExactly(
            "available",
            "backend",
            "batchSize",
            "contributionsCol",
            "featuresCol",
            "idCol",
            "predictionCol",
            "preparation",
            "probabilityCol",
            "threads");
    assertThat(model.setBatchSize(5).explainParams())
        .contains("idCol: column of ids, which messages name (default: id)")
        .contains("batchSize: rows predicted together (default: 1024, current: 5)");
  }

  /** Spark and Py4J call these methods by reflection, for which their class must be public. */
  @ParameterizedTest
  @MethodSource("parameters")
  void methodsOfAParameterBelongToThePublicClass(String name) {
    String suffix = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    List<String> names = List.of(name, "get" + suffix, "set" + suffix);
    List<Method> methods =
        Arrays.stream(EmotionClassificationModel.class.getMethods())
            .filter(method -> names.contains(method.getName()))
            .toList();

    assertThat(methods).extracting(Method::getName).containsAll(names);
    assertThat(methods)
        .allMatch(method -> method.getDeclaringClass() == EmotionClassificationModel.class);
    assertThat(methods)
        .filteredOn(method -> method.getName().startsWith("set"))
        .allMatch(method -> method.getReturnType() == EmotionClassificationModel.class);
  }

  @Test
  void aCopyHasTheValuesAndThoseOfTheMap() {
    model.setBatchSize(5).setAvailable("text").setIdCol("segment");

    EmotionClassificationModel copy = model.copy(new ParamMap().put(model.threads(), 2));

    assertThat(copy.uid()).isEqualTo("uid");
    assertThat(copy.getBatchSize()).isEqualTo(5);
    assertThat(copy.getAvailable()).containsExactly("text");
    assertThat(copy.getIdCol()).isEqualTo("segment");
    assertThat(copy.getThreads()).isEqualTo(2);
    assertThat(model.getThreads()).isZero();
  }
}
