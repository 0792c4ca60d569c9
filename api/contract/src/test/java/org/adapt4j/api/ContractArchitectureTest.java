package org.adapt4j.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/** Who may see whom within the contract; the command line's {@code ArchitectureTest} checks the rules of the house over all modules. */
final class ContractArchitectureTest {

    private static final JavaClasses CONTRACT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.adapt4j.api");

    @Test
    void letsRunServicesSeeNothingElse() {
        noClasses()
                .that()
                .resideInAPackage("org.adapt4j.api.run..")
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "of other packages of the contract",
                        (JavaClass type) -> type.getPackageName().startsWith("org.adapt4j.api.")
                                && !type.getPackageName().equals("org.adapt4j.api.run")))
                .check(CONTRACT);
    }

    @Test
    void keepsLowerPackagesFromSeeingHigherOnes() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.adapt4j.api.space..",
                        "org.adapt4j.api.task..",
                        "org.adapt4j.api.environment..",
                        "org.adapt4j.api.data..",
                        "org.adapt4j.api.policy..",
                        "org.adapt4j.api.benchmark..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.adapt4j.api.algorithm..",
                        "org.adapt4j.api.method..",
                        "org.adapt4j.api.evaluation..",
                        "org.adapt4j.api.plugin..")
                .check(CONTRACT);
    }

    @Test
    void statesTheStatusOfEveryPublicType() {
        classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should()
                .beAnnotatedWith(API.class)
                .check(CONTRACT);
    }
}
