package org.adapt4j.runtime.report.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.zip.CRC32C;
import org.adapt4j.runtime.report.judge.Judge;
import org.adapt4j.runtime.report.judge.Outcome;
import org.adapt4j.runtime.report.judge.Question;
import org.adapt4j.runtime.report.judge.Ruling;
import org.adapt4j.runtime.report.study.Study;
import org.adapt4j.runtime.run.ClaimRules.Flaw;

/** Judges every claim of a plan for every preset; see {@link ClaimKind} for the rules. */
public final class Claims {
    /** Keys of a claim that change nothing of what is judged. */
    private static final Set<String> MEANINGLESS = Set.of("text", "assume", Claim.LOOKED_AT, Claim.SCALE_FREE);

    /** So much that a plan lacks for a claim is named, more is counted. */
    private static final int FEW = 2;

    private Claims() {}

    /** What is wrong with a claim as written, before anything runs. */
    public static List<Flaw> flaws(JsonNode claim) {
        return new Claim(claim).flaws();
    }

    /** One verdict per claim and preset, claim after claim. */
    public static List<Verdict> judge(Study study, Journal journal) {
        return study.run().claims().stream()
                .flatMap(claim ->
                        study.presets().stream().map(preset -> judge(study, new Claim(claim), preset, journal)))
                .toList();
    }

    /** The pairs of methods that some claim compares, each once, the first named first. */
    public static List<List<String>> pairs(Study study) {
        return sound(study).stream()
                .flatMap(claim -> claim.parts().stream())
                .flatMap(part -> part.than().stream().map(than -> List.of(part.name("method"), than)))
                .distinct()
                .toList();
    }

    private static List<Claim> sound(Study study) {
        return study.run().claims().stream()
                .map(Claim::new)
                .filter(claim -> claim.flaws().isEmpty())
                .toList();
    }

    /** What a claim without flaws asks for. */
    private static Asking ask(Study study, Claim claim, String preset, boolean planOnly) {
        Asking asking = new Asking(study, preset, planOnly, claim.lastLook());
        claim.parts().forEach(asking::ask);
        return asking;
    }

    private static Verdict judge(Study study, Claim claim, String preset, Journal journal) {
        List<Flaw> flaws = claim.flaws();
        Asking asking =
                flaws.isEmpty() ? ask(study, claim, preset, false) : new Asking(study, preset, false, claim.lastLook());
        flaws.forEach(flaw -> asking.missing(
                flaw.message() + (flaw.known().isEmpty() ? "" : " (known: " + String.join(", ", flaw.known()) + ")")));
        String digest = digest(claim);
        List<String> remarks = new ArrayList<>(asking.remarks());
        if (journal.wasChanged(claim.id(), preset, digest)) {
            remarks.add("Changed after a look: a claim of this name was judged in other words before");
        }
        Ruling ruling = claim.looks().isEmpty()
                ? atTheEnd(asking, claim, seeds -> journal.lookedAt(claim.id(), preset, digest, seeds), remarks)
                : atLooks(asking, claim, remarks);
        return new Verdict(claim.id(), claim.text(), claim.kinds(), preset, ruling, digest);
    }

    /** What changes nothing of a claim's meaning is not in it: the order of its keys. */
    private static String digest(Claim claim) {
        CRC32C crc = new CRC32C();
        crc.update(sorted(claim.node()).getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    private static String sorted(JsonNode node) {
        if (!node.isObject()) {
            return node.toString();
        }
        Map<String, String> fields = new TreeMap<>();
        node.properties().forEach(entry -> {
            if (!MEANINGLESS.contains(entry.getKey())) {
                fields.put(entry.getKey(), sorted(entry.getValue()));
            }
        });
        return fields.toString();
    }

    /** @param looked with how many fewer seeds than so many of each number this run was judged before */
    private static Ruling atTheEnd(
            Asking asking, Claim claim, ToIntFunction<List<Integer>> looked, List<String> remarks) {
        List<String> missing = new ArrayList<>(asking.missing());
        List<Question> questions = questions(asking.asked(), Integer.MAX_VALUE, missing);
        List<Integer> each = questions.stream()
                .map(question -> question.contrast().seedCount())
                .toList();
        int most = each.stream().mapToInt(Integer::intValue).max().orElse(0);
        int inThisRun = looked.applyAsInt(each);
        int lookedAt = claim.lookedAt();
        if (lookedAt > 0 && lookedAt >= most) {
            remarks.add("It says that " + lookedAt
                    + " seeds were looked at before, and no more count here, so that costs nothing");
        }
        return Ruling.of(
                questions,
                new Ruling.Circumstances(
                        asking.isGoingOn(),
                        1,
                        lookedAt < most ? Math.max(lookedAt, inThisRun) : inThisRun,
                        missing,
                        remarks));
    }

    /** The first look that decides is final; what comes after it is not looked at. */
    private static Ruling atLooks(Asking asking, Claim claim, List<String> remarks) {
        List<Integer> looks = claim.looks();
        int planned =
                asking.asked().stream().mapToInt(Asked::plannedSeeds).min().orElse(0);
        int most = claim.lastLook();
        if (planned > most) {
            remarks.add((planned - most) + " seeds of the plan come after the last look and do not count");
        }
        Optional<Ruling> last = Optional.empty();
        for (int look : looks) {
            if (!isDue(asking, look)) {
                break;
            }
            List<String> said = new ArrayList<>(remarks);
            said.add("Looked at with " + look + " of " + most + " seeds");
            Ruling ruling = atLook(asking, looks, look, false, said);
            boolean isToCome = look < most && asking.isGoingOn();
            boolean isOpen = ruling.outcome() == Outcome.UNDECIDED;
            last = Optional.of(isOpen && isToCome ? atLook(asking, looks, look, true, said) : ruling);
            if (!isOpen) {
                break;
            }
        }
        return last.orElseGet(() -> {
            List<String> missing = new ArrayList<>(asking.missing());
            missing.add("the first look is at " + looks.get(0) + " seeds, "
                    + (planned < looks.get(0) ? planned + " are planned" : "not all of which are whole"));
            return Ruling.of(
                    questions(asking.asked(), looks.get(0), missing),
                    new Ruling.Circumstances(asking.isGoingOn(), looks.size(), 0, missing, remarks));
        });
    }

    /** Whether the first so many seeds are planned and whole, or as whole as they will be, so that four fifths of them may do. */
    private static boolean isDue(Asking asking, int look) {
        return !asking.asked().isEmpty()
                && asking.asked().stream()
                        .allMatch(
                                asked -> asked.isComplete(look) || !asking.isGoingOn() && asked.plannedSeeds() >= look);
    }

    private static Ruling atLook(
            Asking asking, List<Integer> looks, int look, boolean isProvisional, List<String> remarks) {
        List<String> missing = new ArrayList<>(asking.missing());
        return Ruling.of(
                questions(asking.asked(), look, missing),
                new Ruling.Circumstances(isProvisional, looks.size(), 0, missing, remarks));
    }

    private static List<Question> questions(List<Asked> asked, int firstSeeds, List<String> missing) {
        List<Question> questions = new ArrayList<>();
        for (Asked one : asked) {
            one.question(firstSeeds).ifPresentOrElse(questions::add, () -> {
                if (!one.tasks().isEmpty()) {
                    missing.add(one.what() + ": not measured, or no seed has every task");
                }
            });
        }
        return questions;
    }

    /**
     * The numbers that the claims of a plan ask for, of which nothing need be there.
     *
     * @param like an earlier run, whose variances are taken; empty for none
     */
    public static List<Planned> plan(Study study, Optional<Study> like) {
        List<Planned> planned = new ArrayList<>();
        for (Claim claim : sound(study)) {
            for (String preset : study.presets()) {
                List<Asked> all = ask(study, claim, preset, true).asked();
                List<Asked> before = like.map(earlier -> askOf(earlier, claim)).orElse(List.of());
                all.forEach(asked -> planned.add(Planned.of(claim, preset, asked, all.size(), before)));
            }
        }
        return planned;
    }

    /** What a plan lacks, so that a claim could not be judged if all of it were done: "P3 (paper): the run has no method 'x'". */
    public static List<String> lacking(Study study) {
        List<String> lacking = new ArrayList<>();
        for (Claim claim : sound(study)) {
            for (String preset : study.presets()) {
                List<String> missing = ask(study, claim, preset, true).missing();
                if (!missing.isEmpty()) {
                    String more = missing.size() > FEW ? "; and " + (missing.size() - FEW) + " more" : "";
                    lacking.add(claim.id() + " (" + preset + "): "
                            + String.join("; ", missing.subList(0, Math.min(FEW, missing.size()))) + more);
                }
            }
        }
        return lacking;
    }

    private static List<Asked> askOf(Study earlier, Claim claim) {
        List<Asked> asked = new ArrayList<>();
        earlier.presets()
                .forEach(preset ->
                        asked.addAll(ask(earlier, claim, preset, false).asked()));
        return asked;
    }

    /** Seeds that a verdict needs at least. */
    public static int fewestSeeds() {
        return Judge.FEWEST;
    }
}
