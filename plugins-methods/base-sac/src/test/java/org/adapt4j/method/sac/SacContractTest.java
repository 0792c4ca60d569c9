package org.adapt4j.method.sac;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.task.Split;
import org.adapt4j.testkit.AlgorithmContract;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class SacContractTest extends AlgorithmContract {

    private static final String SMALL = "network.hidden = [8, 6], replay { capacity = 400, batch = 16, start = 20 }";

    @Override
    protected AlgorithmFactory<?> factory() {
        return new Sac(ReferenceDefaults.of(SacPlugin.class, "algorithms.sac").settings(SacSettings.class, SMALL));
    }

    @Override
    protected TaskDistribution benchmark() {
        return continuous();
    }

    /** What cloning takes over; base-bc states the same of its own. */
    @Test
    void itsPolicyIsNamedAndShapedAsOthersKnowIt() {
        EnvironmentSpec spec = benchmark().spec(benchmark().tasks(Split.TRAIN));
        AlgorithmRequest request = new AlgorithmRequest(spec, Conditioning.none(), 1, Device.CPU, TestStreams.root(1));
        try (BaseAlgorithm<?> algorithm = factory().create(request)) {
            Map<String, Tensor> policy =
                    algorithm.parameters().snapshot(Set.of("policy")).tensors();

            assertThat(policy.keySet())
                    .containsExactlyInAnyOrder(
                            "policy/linear-1/weight",
                            "policy/linear-1/bias",
                            "policy/linear-2/weight",
                            "policy/linear-2/bias",
                            "policy/mean/weight",
                            "policy/mean/bias",
                            "policy/log-std/weight",
                            "policy/log-std/bias");
            assertThat(policy)
                    .hasEntrySatisfying(
                            "policy/mean/weight",
                            tensor -> assertThat(tensor.shape()).isEqualTo(List.of(1L, 6L)));
        }
    }
}
