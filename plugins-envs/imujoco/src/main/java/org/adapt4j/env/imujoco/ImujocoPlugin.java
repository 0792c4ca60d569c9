package org.adapt4j.env.imujoco;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Offers iMuJoCo as the benchmark {@code imujoco}, half-cheetahs with a hidden target as {@code cheetah}, and the return of its paper as the evaluator {@code fixed-horizon}. */
public final class ImujocoPlugin implements Plugin {

    @Override
    public String id() {
        return "imujoco";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.benchmark("imujoco", ImujocoBenchmark.Settings.class, ImujocoBenchmark.class);
        contributions.benchmark("cheetah", CheetahBenchmark.Settings.class, CheetahBenchmark.class);
        contributions.evaluator("fixed-horizon", FixedHorizonEvaluator.Settings.class, FixedHorizonEvaluator.class);
    }
}
