package org.adapt4j.method.amf;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Session;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.method.selection.Selection;
import org.adapt4j.method.selection.Selection.Shown;

/** What was asked and shown in an adaptation, and what became of it. Survives a kill. */
final class History implements Stateful {

    private final TaskSet tasks;
    private final double[] targets;
    private final int[] pretrained;
    private final List<Demonstration> demonstrations = new ArrayList<>();
    private final List<Shown> shown = new ArrayList<>();
    private final List<Selection.Round> rounds = new ArrayList<>();
    private final List<Selection.Round> open = new ArrayList<>();
    private final Set<Integer> exhausted = new TreeSet<>();
    private int learned;

    History(Session session, Checkpoint learned, List<Double> weights) {
        tasks = session.tasks();
        targets = new double[tasks.size()];
        pretrained = new int[tasks.size()];
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        for (int task = 0; task < targets.length; task++) {
            targets[task] = weights.isEmpty() ? 1.0 / targets.length : weights.get(task) / sum;
            String fact = learned.facts()
                    .get(Checkpoint.DEMONSTRATIONS + tasks.get(task).name());
            pretrained[task] = fact == null ? 0 : Integer.parseInt(fact);
        }
    }

    boolean isEmpty() {
        return shown.isEmpty();
    }

    void add(int task, Demonstration demonstration, boolean heldOut) {
        demonstrations.add(demonstration);
        shown.add(new Shown(task, demonstration.steps(), heldOut, !heldOut));
    }

    void chosen(int task, double loss) {
        open.add(new Selection.Round(task, loss, loss));
    }

    int choicesSinceUpdate() {
        return open.size();
    }

    void exhaust(int task) {
        exhausted.add(task);
    }

    Set<Integer> exhausted() {
        return exhausted;
    }

    /** Demonstrations since the last update; those held out of the copy only where asked for. */
    List<Demonstration> fresh(boolean heldOutToo) {
        List<Demonstration> fresh = new ArrayList<>();
        for (int i = learned; i < shown.size(); i++) {
            if (heldOutToo || !shown.get(i).isHeldOut()) {
                fresh.add(demonstrations.get(i));
            }
        }
        return fresh;
    }

    boolean hasTrainedCopy() {
        return shown.stream().anyMatch(demonstration -> !demonstration.isHeldOut());
    }

    /** Everything was learned from. @param loss by task, now */
    void learned(IntToDoubleFunction loss) {
        for (int i = 0; i < shown.size(); i++) {
            Shown one = shown.get(i);
            shown.set(i, new Shown(one.task(), one.steps(), one.isHeldOut(), false));
        }
        for (Selection.Round round : open) {
            rounds.add(new Selection.Round(round.task(), round.lossBefore(), loss.applyAsDouble(round.task())));
        }
        open.clear();
        learned = shown.size();
    }

    List<Shown> shown() {
        return List.copyOf(shown);
    }

    List<Selection.Round> rounds() {
        return List.copyOf(rounds);
    }

    List<Demonstration> demonstrations() {
        return List.copyOf(demonstrations);
    }

    double[] targets() {
        return targets.clone();
    }

    int[] pretrained() {
        return pretrained.clone();
    }

    int count(int task) {
        return (int) shown.stream().filter(one -> one.task() == task).count();
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(shown.size());
        for (int i = 0; i < shown.size(); i++) {
            Demonstration demonstration = demonstrations.get(i);
            out.writeInt(shown.get(i).task());
            out.writeBoolean(shown.get(i).isHeldOut());
            out.writeBoolean(shown.get(i).isPending());
            out.writeInt(demonstration.steps());
            out.writeDouble(demonstration.episodeReturn());
            out.writeInt(demonstration.columns().size());
            for (Map.Entry<String, ByteBuffer> column : new TreeMap<>(demonstration.columns()).entrySet()) {
                byte[] bytes = new byte[column.getValue().limit()];
                column.getValue().get(0, bytes);
                out.writeUTF(column.getKey());
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        }
        save(rounds, out);
        save(open, out);
        out.writeInt(exhausted.size());
        for (int task : exhausted) {
            out.writeInt(task);
        }
        out.writeInt(learned);
    }

    private static void save(List<Selection.Round> some, DataOutputStream out) throws IOException {
        out.writeInt(some.size());
        for (Selection.Round round : some) {
            out.writeInt(round.task());
            out.writeDouble(round.lossBefore());
            out.writeDouble(round.lossAfter());
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        shown.clear();
        demonstrations.clear();
        for (int left = in.readInt(); left > 0; left--) {
            int index = in.readInt();
            boolean heldOut = in.readBoolean();
            boolean pending = in.readBoolean();
            int steps = in.readInt();
            double episodeReturn = in.readDouble();
            Map<String, ByteBuffer> columns = new TreeMap<>();
            for (int column = in.readInt(); column > 0; column--) {
                String name = in.readUTF();
                byte[] bytes = in.readNBytes(in.readInt());
                columns.put(
                        name,
                        ByteBuffer.allocateDirect(bytes.length)
                                .order(ByteOrder.nativeOrder())
                                .put(0, bytes));
            }
            Task task = tasks.get(index);
            demonstrations.add(new Demonstration(task, steps, columns, episodeReturn));
            shown.add(new Shown(index, steps, heldOut, pending));
        }
        load(rounds, in);
        load(open, in);
        exhausted.clear();
        for (int left = in.readInt(); left > 0; left--) {
            exhausted.add(in.readInt());
        }
        learned = in.readInt();
    }

    private static void load(List<Selection.Round> some, DataInputStream in) throws IOException {
        some.clear();
        for (int left = in.readInt(); left > 0; left--) {
            some.add(new Selection.Round(in.readInt(), in.readDouble(), in.readDouble()));
        }
    }
}
