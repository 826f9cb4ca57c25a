package org.mixtura.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules between packages, as ARCHITECTURE.md draws them. */
class PackagesTest {
    private static final String ROOT = "org.mixtura";

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** The packages of core that each package of core may use, besides itself. */
    private static Map<String, Set<String>> layers() {
        Map<String, Set<String>> layers = new LinkedHashMap<>();
        for (String layer : List.of("special", "linalg", "data", "kernel", "mixture", "integration")) {
            layers.put(layer, new TreeSet<>(layers.keySet()));
        }
        // The questions to a mixture know nothing of fitting, and nothing of each other.
        Set<String> values = new TreeSet<>(layers.keySet());
        for (String question : List.of("entropy", "divergence", "transport", "anomaly")) {
            layers.put(question, values);
        }
        layers.put("bayes", values);
        Set<String> belowFit = new TreeSet<>(values);
        belowFit.add("bayes");
        layers.put("fit", belowFit);
        layers.put("io", new TreeSet<>(layers.keySet()));
        return layers;
    }

    @Test
    void eachPackageOfCoreUsesOnlyThoseBelowIt() {
        classes()
                .that()
                .resideInAnyPackage(layers().keySet().stream()
                        .map(layer -> ROOT + "." + layer)
                        .toArray(String[]::new))
                .should(useOnlyWhatIsBelow())
                .check(ALL);
    }

    private static ArchCondition<JavaClass> useOnlyWhatIsBelow() {
        Map<String, Set<String>> layers = layers();
        return new ArchCondition<>("use only the packages of core below their own") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                String own = user.getPackageName().substring(ROOT.length() + 1);
                for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                    String used = dependency.getTargetClass().getPackageName();
                    if (used.startsWith(ROOT + ".")) {
                        String name = used.substring(ROOT.length() + 1);
                        boolean allowed = name.equals(own)
                                || layers.getOrDefault(own, Set.of()).contains(name);
                        events.add(new SimpleConditionEvent(user, allowed, dependency.getDescription()));
                    }
                }
            }
        };
    }

    @Test
    void everyPackageHasAPlaceInThePicture() {
        Set<String> modules = Set.of(
                "simd", "table", "cli", "report", "report.contrast", "report.page", "report.plot", "report.survey");
        Set<String> known = new TreeSet<>(layers().keySet());
        known.addAll(modules);
        classes()
                .should()
                .resideInAnyPackage(
                        known.stream().map(name -> ROOT + "." + name).toArray(String[]::new))
                .check(ALL);
    }

    @Test
    void tablesReportsAndTheCommandLineKeepOutOfTheLoops() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".table", ROOT + ".cli", ROOT + ".report..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".kernel", ROOT + ".linalg", ROOT + ".special")
                .check(ALL);
    }

    @Test
    void theVectorKernelsKnowTheLoopsAlone() {
        Set<String> others = new TreeSet<>(layers().keySet());
        others.removeAll(Set.of("special", "linalg", "data", "kernel"));
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".simd")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        others.stream().map(name -> ROOT + "." + name).toArray(String[]::new))
                .check(ALL);
    }

    @Test
    void coreKnowsNoTables() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".table", ROOT + ".cli")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..", "org.duckdb..", "de.siegmar..", "picocli..", ROOT + ".table", ROOT + ".cli")
                .check(ALL);
    }

    @Test
    void tablesKnowNoFits() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".table")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".fit", ROOT + ".mixture", ROOT + ".bayes", ROOT + ".cli")
                .check(ALL);
    }

    @Test
    void onlyTheCommandLinePrintsOrEndsTheProgram() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ALL);
    }

    @Test
    void nothingIsNamedAfterNothing() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..helper..", "..manager..")
                .orShould()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
                .check(ALL);
    }
}
