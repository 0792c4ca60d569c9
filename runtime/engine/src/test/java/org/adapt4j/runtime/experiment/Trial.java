package org.adapt4j.runtime.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.plugins.PluginLoader;
import org.adapt4j.runtime.run.ClaimRules;
import org.adapt4j.runtime.run.RunPlan;

/** An experiment that is right, {@code trial.conf}, and what becomes of it with other words. */
final class Trial {

    static final String RIGHT = """
        name = trial
        benchmark { name = toy-two-goal }
        pretrain {
          algorithm { name = toy-policy-gradient }
          slots = 4, budget { environment-steps = 1000 }, measure { every = 500, episodes = 3 }
        }
        adapt {
          algorithm { name = toy-policy-gradient, steps = 10 }
          slots = 2, budget { environment-steps = 500 }
        }
        methods {
          plain   { pretrain.learner.name = test-learner, adapt.adapter.name = test-adapter }
          scratch { adapt.adapter.name = test-adapter }
        }
        """;

    private final Path folder;
    private final Catalogue catalogue = PluginLoader.load(Trial.class.getClassLoader(), Optional.empty());

    Trial(Path folder) {
        this.folder = folder;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** Plans an experiment of this text. */
    RunPlan plan(String text, List<String> overrides) throws IOException {
        return plan(text, overrides, ClaimRules.NONE);
    }

    RunPlan plan(String text, List<String> overrides, ClaimRules rules) throws IOException {
        Path file = Files.writeString(folder.resolve("trial.conf"), text);
        return Experiment.plan(file, overrides, catalogue, rules);
    }

    /** Without the folder, which is another in each run. */
    String shown(Object message) {
        return String.valueOf(message).replace(folder + "/", "");
    }
}
