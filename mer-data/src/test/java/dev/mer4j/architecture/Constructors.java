package dev.mer4j.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Set;

/**
 * Rules on constructors for all modules: the arguments of a long list are easily swapped. The other
 * modules use the rules from this module's test jar.
 */
public final class Constructors {
  private static final int MAX_PARAMETERS = 6;

  /** Settings are set by a builder, and results are created where they are computed. */
  public static final ArchRule LONG_ONES_ARE_CALLED_IN_THEIR_PACKAGE =
      noClasses()
          .should()
          .callConstructorWhere(
              describe(
                  "has more than six parameters, in another package", Constructors::isLongAndFar))
          .because("arguments are easily swapped; use a builder, or group them in records");

  private Constructors() {}

  /**
   * Forbids public constructors with more than six parameters in types without a nested Builder.
   *
   * @param results records that only one method creates
   */
  public static ArchRule areShortOrHaveABuilder(Class<?>... results) {
    Set<Class<?>> allowed = Set.of(results);
    return constructors()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should(
            new ArchCondition<JavaConstructor>("have at most six parameters, or a builder") {
              @Override
              public void check(JavaConstructor constructor, ConditionEvents events) {
                Class<?> owner = constructor.getOwner().reflect();
                if (isLong(constructor) && !hasBuilder(owner) && !allowed.contains(owner)) {
                  events.add(SimpleConditionEvent.violated(constructor, constructor.getFullName()));
                }
              }
            })
        .allowEmptyShould(true)
        .because("arguments are easily swapped; use a builder, or group them in records");
  }

  private static boolean isLong(JavaConstructor constructor) {
    return constructor.getRawParameterTypes().size() > MAX_PARAMETERS;
  }

  private static boolean hasBuilder(Class<?> type) {
    return Arrays.stream(type.getDeclaredClasses())
        .anyMatch(nested -> nested.getSimpleName().equals("Builder"));
  }

  private static boolean isLongAndFar(JavaConstructorCall call) {
    return call.getTargetOwner().getPackageName().startsWith("dev.mer4j")
        && call.getTarget().getRawParameterTypes().size() > MAX_PARAMETERS
        && !call.getOriginOwner().getPackageName().equals(call.getTargetOwner().getPackageName());
  }
}
