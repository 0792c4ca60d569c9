package org.adapt4j.runtime.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of the house, over everything that is shipped. */
final class ArchitectureTest {

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.adapt4j");

    @Test
    void seesEveryPartOfTheSystem() {
        Set<String> areas =
                ALL.stream().map(type -> type.getPackageName().split("\\.")[2]).collect(Collectors.toSet());

        assertThat(areas).contains("api", "toolkit", "runtime", "method", "env", "data");
    }

    @Test
    void hasNoPackageCycles() {
        slices().matching("org.adapt4j.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void keepsTensorsInAlgorithmsAndTheToolkit() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "org.adapt4j.api.algorithm..",
                        "org.adapt4j.toolkit..",
                        "org.adapt4j.testkit..",
                        "org.adapt4j.method.ppo..",
                        "org.adapt4j.method.rainbow..",
                        "org.adapt4j.method.sac..",
                        "org.adapt4j.method.bc..",
                        "org.adapt4j.method.c2farm..",
                        "org.adapt4j.method.pearl..") // its encoder is trained in the graph of the algorithm's loss
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(ALL);
    }

    @Test
    void hidesTheRuntimeFromPlugins() {
        noClasses()
                .that()
                .resideInAnyPackage("org.adapt4j.method..", "org.adapt4j.env..", "org.adapt4j.data..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.adapt4j.runtime..", "org.adapt4j.testkit..", "com.google.inject..")
                .check(ALL);
    }

    @Test
    void hidesPluginsFromEachOther() {
        ArchRule rule = slices().matching("org.adapt4j.(method|env|data).(*)..")
                .should()
                .notDependOnEachOther()
                // The physics that several benchmarks share is a library, and contributes nothing itself; so are arms.
                .ignoreDependency(
                        resideInAPackage("org.adapt4j.env.."),
                        resideInAnyPackage("org.adapt4j.env.mujoco..", "org.adapt4j.env.arm.."))
                // So is what strategies are made of.
                .ignoreDependency(
                        resideInAPackage("org.adapt4j.method.."), resideInAPackage("org.adapt4j.method.selection.."));

        rule.check(ALL);
    }

    @Test
    void hidesPluginsFromTheRuntime() {
        noClasses()
                .that()
                .resideInAnyPackage("org.adapt4j.runtime..", "org.adapt4j.toolkit..", "org.adapt4j.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.adapt4j.method..", "org.adapt4j.env..", "org.adapt4j.data..")
                .check(ALL);
    }

    @Test
    void letsOnlyTheCommandLineUseStandardStreams() {
        JavaClasses others = ALL.that(DescribedPredicate.describe(
                "outside of the command line", type -> !type.getPackageName().startsWith("org.adapt4j.runtime.cli")));

        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(others);
    }

    @Test
    void marksEveryPackageAgainstNull() {
        Set<JavaPackage> packages = ALL.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackage)
                .filter(part -> !part.getName().equals("org.adapt4j.env.mujoco.binding")) // generated from C headers
                .collect(Collectors.toSet());

        assertThat(packages)
                .isNotEmpty()
                .allSatisfy(part -> assertThat(part.isAnnotatedWith(NullMarked.class))
                        .as(part.getName())
                        .isTrue());
    }
}
