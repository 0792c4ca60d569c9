package org.adapt4j.runtime.cell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.method.Expert;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.run.BudgetMeter;

/** Answers from a data set, each episode once and in an order drawn for each task, as long as the budget of demonstrations lasts. */
final class RecordedExpert implements Expert, Stateful {

    private final Optional<DataSet> data;
    private final BudgetMeter budget;
    private final RandomStream random;
    private final Map<String, List<Integer>> orders = new TreeMap<>();
    private final Map<String, Integer> shown = new TreeMap<>();

    RecordedExpert(Optional<DataSet> data, BudgetMeter budget, RandomStream random) {
        this.data = data;
        this.budget = budget;
        this.random = random;
    }

    @Override
    public Optional<Demonstration> demonstrate(Task task) {
        List<Integer> order = order(task);
        int next = shown.getOrDefault(task.name(), 0);
        if (next == order.size() || budget.remaining(Resource.DEMONSTRATIONS) == 0) {
            return Optional.empty();
        }
        shown.put(task.name(), next + 1);
        budget.spend(Resource.DEMONSTRATIONS, 1);
        return data.map(episodes -> episodes.demonstration(task, order.get(next)));
    }

    /**
     * Asks for all demonstrations of some tasks that a budget grants, in turns.
     *
     * @throws IllegalStateException if there is a single task and the data set has fewer: a wrong point on the curve
     */
    static void showAll(Expert expert, TaskSet tasks, BudgetMeter budget, Consumer<Demonstration> learner) {
        boolean more = true;
        while (more) {
            more = false;
            for (Task task : tasks.tasks()) {
                Optional<Demonstration> demonstration = expert.demonstrate(task);
                demonstration.ifPresent(learner);
                more |= demonstration.isPresent();
            }
        }
        long left = budget.remaining(Resource.DEMONSTRATIONS);
        if (tasks.size() == 1 && left > 0) {
            long asked = left + budget.spent(Resource.DEMONSTRATIONS);
            throw new IllegalStateException("the budget asks for " + asked + " demonstrations of "
                    + tasks.get(0).name() + ", but the data set has " + (asked - left)
                    + ". Lower budget.demonstrations, or record more with: adapt4j record");
        }
    }

    @Override
    public Optional<Snapshot> weights(Task task) {
        return data.flatMap(episodes -> episodes.policy(task).map(bytes -> {
            try {
                return Safetensors.read("the policy that shows " + task.name() + " in " + episodes.title(), bytes);
            } catch (IOException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }));
    }

    /** How many episodes of each task were shown, by its name. */
    Map<String, Integer> shown() {
        return Map.copyOf(shown);
    }

    /** Up to so many episodes that were not shown: from the end of the order, so that they are the same however many are shown. */
    List<Demonstration> heldBack(Task task, int most) {
        List<Integer> order = order(task);
        int first = Math.max(shown.getOrDefault(task.name(), 0), order.size() - most);
        List<Demonstration> episodes = new ArrayList<>();
        for (int index : order.subList(first, order.size())) {
            data.ifPresent(set -> episodes.add(set.demonstration(task, index)));
        }
        return episodes;
    }

    private List<Integer> order(Task task) {
        return orders.computeIfAbsent(task.name(), name -> {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < data.map(set -> set.count(task)).orElse(0); i++) {
                order.add(i);
            }
            // A stream's first number depends on its path alone, so the order is the same in a resumed run.
            Collections.shuffle(order, new Random(random.child(name).nextLong()));
            return order;
        });
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(shown.size());
        for (Map.Entry<String, Integer> entry : shown.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue());
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        shown.clear();
        for (int left = in.readInt(); left > 0; left--) {
            shown.put(in.readUTF(), in.readInt());
        }
    }
}
