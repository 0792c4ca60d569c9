package org.adapt4j.method.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.adapt4j.method.selection.Selection.Shown;
import org.adapt4j.method.selection.Views.View;
import org.apiguardian.api.API;

/** Means over the demonstrations of each task of something about the scoring agent's answers. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class TaskScores {

    private TaskScores() {}

    /** Mean imitation loss of each task, see {@link Imitation#loss} and {@link #ofAnswers}. */
    public static double[] losses(Selection now, int mostSteps) {
        boolean discrete = new Views(now, List.of(), 0).isDiscrete();
        return ofAnswers(now, mostSteps, (answer, action) -> Imitation.loss(discrete, answer, action));
    }

    /**
     * Means over the steps of the demonstrations that the scoring agent was not trained on, or of all where there are none such. A task
     * that was never shown has the mean of the others.
     *
     * @param mostSteps of a demonstration; 0 for all
     * @param score of an answer (mean action, or logits) beside the expert's action
     */
    public static double[] ofAnswers(Selection now, int mostSteps, ToDoubleBiFunction<double[], double[]> score) {
        List<Shown> shown = now.shown();
        List<View> views = new ArrayList<>();
        for (int j = 0; j < shown.size(); j++) {
            int task = shown.get(j).task();
            boolean anyHeldOut = shown.stream().anyMatch(other -> other.task() == task && other.isHeldOut());
            if (!anyHeldOut || shown.get(j).isHeldOut() || shown.get(j).isPending()) {
                views.add(new View(j, task));
            }
        }
        Views points = new Views(now, views, mostSteps);
        double[][] answers = points.answers();
        double[][] actions = points.actions();
        double[] sums = new double[now.tasks().size()];
        int[] counts = new int[sums.length];
        for (View view : views) {
            for (int point : points.points(view)) {
                sums[view.task()] += score.applyAsDouble(answers[point], actions[point]);
                counts[view.task()]++;
            }
        }
        double all = 0;
        int known = 0;
        for (int task = 0; task < sums.length; task++) {
            if (counts[task] > 0) {
                sums[task] /= counts[task];
                all += sums[task];
                known++;
            }
        }
        for (int task = 0; task < sums.length; task++) {
            sums[task] = counts[task] > 0 ? sums[task] : known == 0 ? 0 : all / known;
        }
        return sums;
    }
}
