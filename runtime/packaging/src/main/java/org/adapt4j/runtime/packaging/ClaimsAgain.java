package org.adapt4j.runtime.packaging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adapt4j.runtime.report.claim.Claims;
import org.adapt4j.runtime.report.claim.Journal;
import org.adapt4j.runtime.report.claim.Verdict;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.adapt4j.runtime.report.judge.Outcome;
import org.adapt4j.runtime.report.study.Study;

/** Judges the claims of a run on the numbers of its re-run, and sets the verdicts side by side. */
final class ClaimsAgain {
    private static final String NAME = "claims";

    private ClaimsAgain() {}

    /** @param all whether every cell that had ended was run again */
    static Level of(RunFolder old, RunFolder again, boolean all) {
        if (old.claims().isEmpty()) {
            return new Level(NAME, Level.Outcome.NOT_APPLICABLE, "the run makes none");
        }
        if (!all) {
            return new Level(
                    NAME, Level.Outcome.NOT_APPLICABLE, "they are judged again when every cell is run again: --all");
        }
        if (again.claims().isEmpty()) {
            return new Level(
                    NAME, Level.Outcome.NOT_APPLICABLE, "none is marked scale-free, so a smaller budget judges none");
        }
        Map<String, Verdict> before = new LinkedHashMap<>();
        // Who looked before has looked: the new numbers are judged as the old ones were.
        Journal journal = Journal.of(old.root());
        Claims.judge(Study.of(old), journal).forEach(verdict -> before.put(name(verdict), verdict));
        List<String> words = new ArrayList<>();
        boolean turned = false;
        boolean open = false;
        for (Verdict now : Claims.judge(Study.of(again), journal)) {
            Verdict then = before.get(name(now));
            if (then == null) {
                continue;
            }
            boolean same = then.ruling().outcome() == now.ruling().outcome();
            turned |= !same
                    && then.ruling().outcome() != Outcome.UNDECIDED
                    && now.ruling().outcome() != Outcome.UNDECIDED;
            open |= !same;
            words.add(name(now) + " " + now.ruling().label()
                    + (same ? ", as before" : ", before: " + then.ruling().label()));
        }
        return new Level(
                NAME,
                turned ? Level.Outcome.DIFFERENT : open ? Level.Outcome.OPEN : Level.Outcome.GOOD,
                String.join("; ", words));
    }

    private static String name(Verdict verdict) {
        return verdict.claim() + " (" + verdict.preset() + ")";
    }
}
