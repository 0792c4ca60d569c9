package org.adapt4j.env.gymnasium;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.env.gymnasium.GymnasiumBenchmark.Settings;
import org.adapt4j.toolkit.environment.Slot;
import org.adapt4j.toolkit.environment.SlotFactory;

/** The processes of a batch, as many as threads wait for them, each with the environments of some slots. */
final class Pythons implements SlotFactory {

    private final Settings settings;
    private final EnvironmentSpec spec;
    private final List<Python> processes = new ArrayList<>();

    Pythons(Settings settings, EnvironmentSpec spec) {
        this.settings = settings;
        this.spec = spec;
    }

    @Override
    public Slot create(int index, RandomGenerator random) {
        if (processes.size() < settings.threads()) {
            processes.add(new Python(settings));
        }
        Python process = processes.get(index % settings.threads());
        return new PythonSlot(new Played(process, settings, spec, index), spec, random);
    }

    @Override
    public void close() {
        processes.forEach(Python::close);
    }
}
