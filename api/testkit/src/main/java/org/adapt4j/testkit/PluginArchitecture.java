package org.adapt4j.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;
import org.adapt4j.api.plugin.Plugin;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of the house for a plug-in's code: it is found, sees only what a plug-in may see, has no cycles of packages, says
 * where null may be, and leaves the standard streams alone.
 *
 * <pre>{@code PluginArchitecture.of(MyPlugin.class).check();}</pre>
 */
public final class PluginArchitecture {

    private static final List<String> SHARED = List.of(
            "java..",
            "org.adapt4j.api..",
            "org.adapt4j.toolkit..",
            "org.adapt4j.method.selection..",
            "jakarta.inject..",
            "org.slf4j..",
            "org.jspecify..",
            "org.apiguardian..");

    private final Class<? extends Plugin> plugin;
    private final List<String> visible = new ArrayList<>(SHARED);

    private PluginArchitecture(Class<? extends Plugin> plugin) {
        this.plugin = plugin;
        visible.add(plugin.getPackageName() + "..");
    }

    /** The rules for all classes in the package of the plug-in's class and below. */
    public static PluginArchitecture of(Class<? extends Plugin> plugin) {
        return new PluginArchitecture(plugin);
    }

    /**
     * Lets the plug-in see more: {@code ai.djl..} for a base algorithm, or a library it carries.
     *
     * @param packages as ArchUnit writes them
     * @return this
     */
    public PluginArchitecture seeing(String... packages) {
        visible.addAll(List.of(packages));
        return this;
    }

    /** Checks all rules. */
    public void check() {
        JavaClasses code = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(plugin.getPackageName());
        assertIsFound();
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(visible.toArray(String[]::new))
                .because("a plug-in sees the contract and the toolkit, never the runtime or another plug-in")
                .check(code);
        slices().matching("org.adapt4j.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(code);
        noClasses()
                .should(ACCESS_STANDARD_STREAMS)
                .because("only the command line module writes to standard streams")
                .check(code);
        assertPackagesAreNullMarked(code);
    }

    private void assertIsFound() {
        assertThat(StreamSupport.stream(
                                ServiceLoader.load(Plugin.class, plugin.getClassLoader())
                                        .spliterator(),
                                false)
                        .map(Object::getClass))
                .as("plug-ins named in META-INF/services/%s", Plugin.class.getName())
                .anyMatch(found -> found == plugin);
    }

    private static void assertPackagesAreNullMarked(JavaClasses code) {
        for (JavaClass type : code) {
            assertThat(type.getPackage().isAnnotatedWith(NullMarked.class))
                    .as("package %s is @NullMarked", type.getPackageName())
                    .isTrue();
        }
    }
}
