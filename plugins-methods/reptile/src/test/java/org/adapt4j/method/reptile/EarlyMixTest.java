package org.adapt4j.method.reptile;

import org.adapt4j.api.method.Learner;
import org.adapt4j.method.reptile.Reptile.Convention;
import org.adapt4j.method.reptile.Reptile.InnerOptimizer;
import org.adapt4j.testkit.LearnerContract;

/** The study's order of mixing keeps the learner's contract, too: nothing is remembered between two outer steps. */
final class EarlyMixTest extends LearnerContract {

    @Override
    protected Learner learner() {
        return new Reptile(new Reptile.Settings(3, 1, 1, 0, Convention.STUDY, true, InnerOptimizer.PERSIST));
    }
}
