package org.adapt4j.runtime.run;

import java.util.ArrayList;
import java.util.List;

/** Shows which lines of a text changed: {@code - } before, {@code + } after. */
final class LineDifference {
    private static final int SHOWN = 20;

    private LineDifference() {}

    static String between(String before, String after) {
        List<String> a = before.lines().toList();
        List<String> b = after.lines().toList();
        int[][] common = commonSuffixes(a, b);
        List<String> changed = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                i++;
                j++;
            } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
                changed.add("  - " + a.get(i++));
            } else {
                changed.add("  + " + b.get(j++));
            }
        }
        if (changed.size() > SHOWN) {
            int more = changed.size() - SHOWN;
            changed.subList(SHOWN, changed.size()).clear();
            changed.add("  and " + more + " more lines");
        }
        return String.join("\n", changed);
    }

    /** Entry [i][j]: length of the longest common subsequence of the lines from i and from j on. */
    private static int[][] commonSuffixes(List<String> a, List<String> b) {
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] = a.get(i).equals(b.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
