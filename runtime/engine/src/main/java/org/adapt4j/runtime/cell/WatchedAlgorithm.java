package org.adapt4j.runtime.cell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.NotFiniteException;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.run.Budget;
import org.adapt4j.api.run.Resource;

/**
 * An algorithm whose updates are looked at: what it logs must be finite after each, and its weights whenever somebody is to see
 * them. The toolkit's optimiser looks at its weights by itself, where they live in Java's reach; of any other
 * the next update's losses tell, or the weights when they are measured.
 */
final class WatchedAlgorithm<B extends Batch> implements BaseAlgorithm<B> {

    private final BaseAlgorithm<B> algorithm;
    private final Budget budget;
    private final Map<String, Double> last = new TreeMap<>();
    private long lastUpdate;

    WatchedAlgorithm(BaseAlgorithm<B> algorithm, Budget budget) {
        this.algorithm = algorithm;
        this.budget = budget;
    }

    @Override
    public Map<String, Double> update(B batch, double progress) {
        long update = budget.spent(Resource.UPDATES) + 1;
        try {
            Map<String, Double> logged = algorithm.update(batch, progress);
            logged.forEach((name, value) -> {
                if (!Double.isFinite(value)) {
                    throw new NotFiniteException(name, value);
                }
            });
            last.clear();
            last.putAll(logged);
            lastUpdate = update;
            return logged;
        } catch (NotFiniteException e) {
            throw diverged("at update " + update, e.quantity(), e.value());
        } catch (RuntimeException e) {
            requireFiniteWeights(); // what is no number makes other things go wrong
            throw e;
        }
    }

    /** Looks at all weights. @throws DivergedException if one is not finite */
    void requireFiniteWeights() {
        Snapshot weights = parameters().snapshot(parameters().groups());
        weights.tensors().forEach((name, tensor) -> {
            ByteBuffer data = tensor.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 0; at < data.limit(); at += tensor.type().bytes()) {
                double number = tensor.type() == Tensor.Type.FLOAT32 ? data.getFloat(at) : data.getDouble(at);
                if (!Double.isFinite(number)) {
                    throw diverged("by update " + budget.spent(Resource.UPDATES), name, number);
                }
            }
        });
    }

    private DivergedException diverged(String when, String quantity, double value) {
        StringBuilder message = new StringBuilder("diverged " + when + ": " + quantity + " is " + value);
        if (!last.isEmpty()) {
            StringJoiner finite =
                    new StringJoiner(", ", "; the last finite values, of update " + lastUpdate + ": ", "");
            last.forEach((name, number) -> finite.add(String.format(Locale.ROOT, "%s %.4g", name, number)));
            message.append(finite);
        }
        return new DivergedException(message.toString());
    }

    @Override
    public List<Component> extras() {
        return algorithm.extras();
    }

    @Override
    public Policy policy(Mode mode) {
        return algorithm.policy(mode);
    }

    @Override
    public Parameters parameters() {
        return algorithm.parameters();
    }

    @Override
    public <T> Optional<T> ability(Class<T> type) {
        return algorithm.ability(type);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        algorithm.save(out);
        out.writeLong(lastUpdate);
        out.writeInt(last.size());
        for (Map.Entry<String, Double> entry : last.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeDouble(entry.getValue());
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        algorithm.load(in);
        lastUpdate = in.readLong();
        last.clear();
        for (int left = in.readInt(); left > 0; left--) {
            last.put(in.readUTF(), in.readDouble());
        }
    }

    @Override
    public void close() {
        algorithm.close();
    }
}
