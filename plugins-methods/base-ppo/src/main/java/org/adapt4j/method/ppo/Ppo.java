package org.adapt4j.method.ppo;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;
import org.adapt4j.toolkit.network.Layout;

/**
 * Proximal policy optimisation (Schulman et al. 2017), feed-forward or recurrent, for discrete
 * and continuous actions. Departures are listed in the README of this module.
 */
public final class Ppo implements AlgorithmFactory<Batch.Rollout> {

    private final PpoSettings settings;

    @Inject
    Ppo(PpoSettings settings) {
        this.settings = settings;
    }

    @Override
    public Diet<Batch.Rollout> diet() {
        return new Diet.OnPolicy(settings.rolloutSteps());
    }

    @Override
    public Optional<String> objection(AlgorithmRequest request) {
        if (request.conditioning() instanceof Conditioning.Context) {
            return Optional.of(
                    "a context encoder is trained on old experience, and ppo learns only from fresh experience;"
                            + " use rainbow or sac");
        }
        if (request.spec().action() instanceof Box box && box.element() != Element.FLOAT32) {
            return Optional.of("ppo needs discrete actions or a box of floats");
        }
        boolean recurrent = request.conditioning() instanceof Conditioning.Memory
                || settings.network().lstmUnits() > 0;
        if (recurrent && settings.bootstrapTimeLimits()) {
            return Optional.of("the value of a cut-off episode is not known to a network with memory;"
                    + " set bootstrap-time-limits = false");
        }
        try {
            new PpoNetwork(settings, request.spec(), request.conditioning());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Map<String, List<Long>> tensors(AlgorithmRequest request) {
        return Layout.shapes(new PpoNetwork(settings, request.spec(), request.conditioning()).layout());
    }

    @Override
    public BaseAlgorithm<Batch.Rollout> create(AlgorithmRequest request) {
        objection(request).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        return new PpoAlgorithm(settings, request, new PpoNetwork(settings, request.spec(), request.conditioning()));
    }
}
