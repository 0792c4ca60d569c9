package org.adapt4j.method.amf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.ExpertPosterior;
import org.adapt4j.api.algorithm.LastLayer;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.method.Session;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.method.selection.Choice;
import org.adapt4j.method.selection.Selection;
import org.adapt4j.method.selection.TaskScores;

/** One round of AMF as strategies see it, and its line in the log. */
final class Situation implements Selection {

    /** A policy's answers, for its losses. */
    private static final Needs LOSS =
            new Needs(EnumSet.allOf(Regime.class), Set.of(LastLayer.class, ExpertPosterior.class), true, "");

    /** Of a demonstration. */
    private static final int LOSS_STEPS = 64;

    private final Session session;
    private final History history;
    private final Agent scoring;
    private final Needs needs;
    private final Map<String, Double> logged = new TreeMap<>();

    Situation(Session session, History history, Agent scoring, Needs needs) {
        this.session = session;
        this.history = history;
        this.scoring = scoring;
        this.needs = needs;
    }

    @Override
    public TaskSet tasks() {
        return session.tasks();
    }

    @Override
    public EnvironmentSpec spec() {
        return session.spec();
    }

    @Override
    public double[] targets() {
        return history.targets();
    }

    @Override
    public List<Shown> shown() {
        return history.shown();
    }

    @Override
    public List<Selection.Round> rounds() {
        return history.rounds();
    }

    @Override
    public int[] pretrained() {
        return history.pretrained();
    }

    @Override
    public Steps steps(int demonstration, int task, int most) {
        Demonstration shown = history.demonstrations().get(demonstration);
        boolean itself = history.shown().get(demonstration).task() == task;
        Map<String, ByteBuffer> told =
                itself ? Map.of() : session.taskObservation(session.tasks().get(task));
        int rows = most == 0 ? shown.steps() : Math.min(most, shown.steps());
        int[] steps = new int[rows];
        for (int row = 0; row < rows; row++) {
            steps[row] = rows == 1 ? 0 : (int) ((long) row * (shown.steps() - 1) / (rows - 1));
        }
        Map<String, ByteBuffer> observations = new TreeMap<>();
        for (Component component : session.spec().observation()) {
            int bytes = component.space().bytes();
            ByteBuffer value = told.get(component.name());
            ByteBuffer column = column(shown, component.name());
            ByteBuffer chosen = ByteBuffer.allocateDirect(rows * bytes).order(ByteOrder.nativeOrder());
            for (int row = 0; row < rows; row++) {
                if (value == null) {
                    chosen.put(row * bytes, column, steps[row] * bytes, bytes);
                } else {
                    chosen.put(row * bytes, value, 0, bytes);
                }
            }
            observations.put(component.name(), chosen);
        }
        return new Steps(rows, observations, actions(column(shown, "action"), steps));
    }

    private double[] actions(ByteBuffer column, int[] steps) {
        if (session.spec().action() instanceof Discrete discrete) {
            double[] choices = new double[steps.length * discrete.size()];
            for (int row = 0; row < steps.length; row++) {
                choices[row * discrete.size() + column.getInt(steps[row] * Integer.BYTES)] = 1;
            }
            return choices;
        }
        int width = ((Box) session.spec().action()).width();
        double[] actions = new double[steps.length * width];
        for (int row = 0; row < steps.length; row++) {
            for (int i = 0; i < width; i++) {
                actions[row * width + i] = column.getFloat((steps[row] * width + i) * Float.BYTES);
            }
        }
        return actions;
    }

    private static ByteBuffer column(Demonstration demonstration, String name) {
        return Objects.requireNonNull(
                        demonstration.columns().get(name),
                        () -> "a demonstration of " + demonstration.task().name() + " has no column " + name)
                .duplicate()
                .order(ByteOrder.nativeOrder());
    }

    @Override
    public <T> Optional<T> ability(Class<T> type) {
        return needs.abilities().contains(type) ? scoring.ability(type) : Optional.empty();
    }

    @Override
    public RandomStream random() {
        return session.random().child("selector");
    }

    @Override
    public void log(String name, double value) {
        logged.put(name, value);
    }

    /** The scoring agent's mean imitation loss on a task; 0 where it cannot tell. */
    double loss(int task) {
        return losses()[task];
    }

    private double[] losses() {
        boolean answers =
                LOSS.abilities().stream().anyMatch(type -> scoring.ability(type).isPresent());
        return answers
                ? TaskScores.losses(new Situation(session, history, scoring, LOSS), LOSS_STEPS)
                : new double[tasks().size()];
    }

    /** What is written down of a round; tasks by their index in the list of test tasks. */
    Map<String, Double> line(Choice choice, double[] scores) {
        Map<String, Double> line = new TreeMap<>(logged);
        line.put("chosen", (double) choice.task());
        line.put("score", choice.score());
        if (choice.runnerUp() >= 0) {
            line.put("runner-up", (double) choice.runnerUp());
            line.put("runner-up-score", choice.runnerUpScore());
        }
        double[] losses = losses();
        for (int task = 0; task < scores.length; task++) {
            String name = session.tasks().get(task).name();
            line.put("score/" + name, scores[task]);
            line.put("demonstrations/" + name, (double) history.count(task));
            line.put("pretrained/" + name, (double) history.pretrained()[task]);
            line.put("loss/" + name, losses[task]);
        }
        return line;
    }
}
