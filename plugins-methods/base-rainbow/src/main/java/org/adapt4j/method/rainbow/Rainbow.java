package org.adapt4j.method.rainbow;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.ContextInference;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.policy.ContextInput;

/**
 * Rainbow (Hessel et al. 2018) for discrete actions, by default with the data-efficient numbers of
 * van Hasselt et al. 2019, optionally conditioned on a context (PEARL). Departures are listed in the README of this module.
 */
public final class Rainbow implements AlgorithmFactory<Batch.Transitions> {

    private final RainbowSettings settings;

    @Inject
    Rainbow(RainbowSettings settings) {
        this.settings = settings;
    }

    @Override
    public Diet<Batch.Transitions> diet() {
        return new Diet.OffPolicy(settings.stepsPerUpdate(), settings.plan());
    }

    /** Inference of a context; of effect where a method asks for one. */
    @Override
    public Set<Class<?>> abilities() {
        return Set.of(ContextInference.class);
    }

    @Override
    public Optional<String> objection(AlgorithmRequest request) {
        if (!(request.spec().action() instanceof Discrete)) {
            return Optional.of("rainbow chooses among discrete actions; use sac");
        }
        if (request.conditioning() instanceof Conditioning.Memory) {
            return Optional.of(
                    "a memory over trials is trained on whole trials, and rainbow learns from single transitions;"
                            + " use ppo");
        }
        Optional<String> unread = ContextInput.objection(request.conditioning(), request.spec());
        if (unread.isPresent()) {
            return unread;
        }
        try {
            new RainbowNetwork(settings.network(), request.spec(), request.conditioning());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Map<String, List<Long>> tensors(AlgorithmRequest request) {
        return Layout.shapes(new RainbowNetwork(settings.network(), request.spec(), request.conditioning()).layout());
    }

    @Override
    public BaseAlgorithm<Batch.Transitions> create(AlgorithmRequest request) {
        objection(request).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        return new RainbowAlgorithm(
                settings, request, new RainbowNetwork(settings.network(), request.spec(), request.conditioning()));
    }
}
