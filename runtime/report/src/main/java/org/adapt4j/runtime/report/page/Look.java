package org.adapt4j.runtime.report.page;

import java.util.List;
import java.util.Map;
import org.adapt4j.runtime.report.figure.Ink;
import org.adapt4j.runtime.report.figure.Series;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.statistics.Band;
import org.adapt4j.runtime.report.study.Panel;
import org.adapt4j.runtime.report.study.Study;

/** What is the same in every figure and table of a study: colours and markers of methods, headings of places. */
final class Look {
    private Look() {}

    /** The colour of a method. */
    static Ink ink(Study study, String method) {
        return study.baseline().filter(method::equals).isPresent()
                ? Ink.BASELINE
                : Ink.series(study.methods().indexOf(method));
    }

    /** The marker of a method, by number. */
    static int form(Study study, String method) {
        return study.methods().indexOf(method);
    }

    /** A line of a method. */
    static Series line(Study study, String method, boolean dashed, List<Series.Point> points) {
        return new Series(method, ink(study, method), form(study, method), dashed, points);
    }

    /** Heading of a panel: what tells it from the others. */
    static String heading(Study study, Panel panel) {
        return heading(study, panel.preset(), panel.labels());
    }

    /** Heading of a place: what tells it from the others. */
    static String heading(Study study, String preset, Map<String, String> labels) {
        boolean manyPresets = study.presets().size() > 1;
        String place = labels.isEmpty() ? "" : Labels.describe(labels);
        return manyPresets || place.isEmpty() ? preset + (place.isEmpty() ? "" : " \u00b7 " + place) : place;
    }

    /** Panels in a row. */
    static int columns(Study study) {
        int places = study.places().size();
        return places == 1 ? Math.min(3, study.panels().size()) : Math.min(4, places);
    }

    /** What a band of a curve draws. */
    static List<Series.Point> points(Study study, Band band) {
        double tail = study.tail(Math.max(1, band.points().size()));
        return band.points().stream()
                .map(point -> new Series.Point(
                        point.x(),
                        point.sample().mean(),
                        Phrases.low(point.sample().interval(tail)),
                        Phrases.high(point.sample().interval(tail)),
                        point.sample().count()))
                .toList();
    }

    /** The folder in which all tasks lie, with its slash; empty if there is none. */
    static String commonFolder(List<String> tasks) {
        if (tasks.isEmpty() || tasks.get(0).indexOf('/') < 0) {
            return "";
        }
        String folder = tasks.get(0).substring(0, tasks.get(0).indexOf('/') + 1);
        return tasks.stream().allMatch(task -> task.startsWith(folder)) ? folder : "";
    }
}
