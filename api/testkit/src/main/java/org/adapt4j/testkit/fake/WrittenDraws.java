package org.adapt4j.testkit.fake;

import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.run.RandomStream;

/**
 * Chance of which some children draw what is written down, each number once, so that a test can compare what follows with a reference
 * that drew the same. All other children are ordinary {@link TestStreams}.
 */
public final class WrittenDraws implements RandomStream {

    private final Map<String, double[]> written = new TreeMap<>();
    private final Map<String, WrittenDraws> children = new TreeMap<>();
    private final double[] own;
    private int next;

    private WrittenDraws(double... own) {
        this.own = own;
    }

    /** A root whose children draw as {@link #with} says. */
    public static WrittenDraws root() {
        return new WrittenDraws();
    }

    /** A stream without a name. @param numbers what it draws */
    public static WrittenDraws of(double... numbers) {
        return new WrittenDraws(numbers.clone());
    }

    /** Says what a child draws; returns this. */
    public WrittenDraws with(String child, double... numbers) {
        written.put(child, numbers.clone());
        return this;
    }

    @Override
    public RandomStream child(String name) {
        double[] numbers = written.get(name);
        return numbers == null
                ? TestStreams.root(1).child(name)
                : children.computeIfAbsent(name, unused -> new WrittenDraws(numbers));
    }

    /** Whether all that was written down has been drawn, children included. */
    public boolean isUsedUp() {
        return next == own.length
                && children.keySet().containsAll(written.keySet())
                && children.values().stream().allMatch(WrittenDraws::isUsedUp);
    }

    private double draw() {
        if (next == own.length) {
            throw new IllegalStateException("all " + own.length + " written draws are used up");
        }
        return own[next++];
    }

    @Override
    public double nextGaussian() {
        return draw();
    }

    @Override
    public double nextDouble() {
        return draw();
    }

    @Override
    public int nextInt(int bound) {
        double number = draw();
        if (number != Math.rint(number) || number < 0 || number >= bound) {
            throw new IllegalStateException(number + " is written where a number below " + bound + " is asked for");
        }
        return (int) number;
    }

    @Override
    public long nextLong() {
        throw new UnsupportedOperationException("only normal, uniform and bounded draws are written down");
    }
}
