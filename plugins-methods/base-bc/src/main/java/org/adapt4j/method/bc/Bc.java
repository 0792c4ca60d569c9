package org.adapt4j.method.bc;

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
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.algorithm.FisherInformation;
import org.adapt4j.api.algorithm.GradientDescent;
import org.adapt4j.api.algorithm.LastLayer;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;
import org.adapt4j.toolkit.network.Layout;

/**
 * Behavioural cloning: a policy that does what an expert did, by regression on recorded pairs of observation and action, by default as
 * Patacchiola et al. 2023 fine-tune with it. Departures are listed in the README of this module.
 */
public final class Bc implements AlgorithmFactory<Batch.Imitation> {

    private final BcSettings settings;

    @Inject
    Bc(BcSettings settings) {
        this.settings = settings;
    }

    @Override
    public Diet<Batch.Imitation> diet() {
        return new Diet.Offline(settings.batch());
    }

    @Override
    public Set<Class<?>> abilities() {
        return Set.of(GradientDescent.class, LastLayer.class, FisherInformation.class);
    }

    @Override
    public Optional<String> objection(AlgorithmRequest request) {
        if (!(request.conditioning() instanceof Conditioning.None)) {
            return Optional.of(
                    "bc learns from single pairs of observation and action, without memory or context; use ppo for a"
                            + " memory, sac or rainbow for a context");
        }
        if (request.spec().action() instanceof Box box && box.element() != Element.FLOAT32) {
            return Optional.of("bc predicts choices or floats, and these actions are neither");
        }
        try {
            new BcNetwork(settings.network(), request.spec());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Map<String, List<Long>> tensors(AlgorithmRequest request) {
        return Layout.shapes(new BcNetwork(settings.network(), request.spec()).layout());
    }

    @Override
    public BaseAlgorithm<Batch.Imitation> create(AlgorithmRequest request) {
        objection(request).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        return new BcAlgorithm(settings, request, new BcNetwork(settings.network(), request.spec()));
    }
}
