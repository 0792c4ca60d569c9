package org.adapt4j.data.minari;

import com.fasterxml.jackson.databind.JsonNode;
import io.jhdf.api.Dataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;
import org.adapt4j.toolkit.recording.RecordedNumbers;

/**
 * Reads the arrays of an episode, each beside the space of the benchmark that it must fit: number type, shape, and every number before
 * it is narrowed to the space's own kind. Choices that do not start at 0 are shifted as the data set's own space says.
 *
 * @param file for messages
 * @param task for messages
 * @param isJpeg whether the metadata says that pictures are JPEG-coded
 */
record ArrayReader(Path file, String task, boolean isJpeg) {

    /**
     * Rows of a space, in its own kind of numbers.
     *
     * @param said the space as the data set tells it; missing if it does not
     */
    ByteBuffer numbers(Dataset from, Space space, JsonNode said, int rows) {
        checkType(from, space);
        checkShape(from, space, rows);
        double start = start(from, space, said);
        Object flat = from.getDataFlat();
        ByteBuffer column;
        try {
            column = RecordedNumbers.column(space, rows, i -> number(flat, i) - start);
        } catch (IllegalArgumentException e) {
            throw EpisodeFile.wrong(
                    file,
                    from.getPath() + ": " + e.getMessage()
                            + (start == 0 ? "" : ", once the first choice, " + (long) start + ", counts as 0")
                            + hint(from, space)
                            + EpisodeFile.MEND,
                    e);
        }
        if (isScaled(from, space, column)) {
            throw EpisodeFile.wrong(
                    file,
                    from.getPath() + " holds pictures as floats of which none is above 1, but the benchmark shows 0 to "
                            + "255. Save them with (255 * a).round().astype('uint8')",
                    null);
        }
        return column;
    }

    private static double number(Object flat, int index) {
        return flat instanceof float[] floats ? floats[index] : ((Number) Array.get(flat, index)).doubleValue();
    }

    private static String hint(Dataset from, Space space) {
        return space.element() == Element.UINT8 && from.getDataType() instanceof FloatingPoint
                ? ". Pictures as floats of 0 to 1 are saved with (255 * a).round().astype('uint8')"
                : "";
    }

    /** A picture that is black and white only looks like bytes although it is scaled. */
    private static boolean isScaled(Dataset from, Space space, ByteBuffer column) {
        if (space.element() != Element.UINT8 || !(from.getDataType() instanceof FloatingPoint)) {
            return false;
        }
        boolean isDark = true;
        for (int i = 0; isDark && i < column.limit(); i++) {
            isDark = Byte.toUnsignedInt(column.get(i)) <= 1;
        }
        return isDark;
    }

    /** The number of the first choice (Gymnasium's {@code Discrete(n, start)}); 0 where the data set does not tell. */
    private double start(Dataset from, Space space, JsonNode said) {
        if (!(space instanceof Discrete discrete) || !said.path("type").asText().equals("Discrete")) {
            return 0;
        }
        if (said.path("n").asLong(discrete.size()) != discrete.size()) {
            throw EpisodeFile.wrong(
                    file,
                    from.getPath() + " is of a space of " + said.path("n").asText() + " choices, but the benchmark has "
                            + discrete.size() + ". Is it a data set of another task?",
                    null);
        }
        return said.path("start").asLong(0);
    }

    private void checkType(Dataset from, Space space) {
        DataType type = from.getDataType();
        boolean isPicture = space instanceof Box box && box.element() == Element.UINT8;
        if (!(type instanceof FixedPoint) && !(type instanceof FloatingPoint)) {
            String holds = from.isVariableLength()
                    ? "rows that differ in length"
                    : type instanceof EnumDataType
                            ? "truth values"
                            : type instanceof StringData
                                    ? "text"
                                    : type.getClass().getSimpleName().replaceAll("(DataType|Data)$", "") + " values";
            throw EpisodeFile.wrong(
                    file,
                    from.getPath() + " holds " + holds + ", not numbers. "
                            + (isPicture
                                    ? "Are its pictures JPEG-coded (Minari's jpeg_encoding)? " + decoded()
                                    : "Save plain numbers, in Python: a.astype('float32'), or 'int64' for choices"),
                    null);
        }
        if (isPicture && isJpeg) {
            throw EpisodeFile.wrong(
                    file, from.getPath() + " holds JPEG-coded pictures, which are not read. " + decoded(), null);
        }
    }

    private static String decoded() {
        return "Save them decoded, uint8 of height, width and channels: jpeg_encoding=False";
    }

    private void checkShape(Dataset from, Space space, int rows) {
        List<Integer> shape = new ArrayList<>();
        for (int size : from.getDimensions()) {
            shape.add(size);
        }
        List<Integer> sizes = space instanceof Box box ? box.shape() : List.of(1);
        List<Integer> inner = shape.isEmpty() ? List.of() : shape.subList(1, shape.size());
        if (!shape.isEmpty() && shape.get(0) == rows && beyondOne(inner).equals(beyondOne(sizes))) {
            return;
        }
        String needs = sizes.size() == 1 ? sizes.get(0) + " numbers" : sizes.toString();
        String hint = "Is it a data set of another task?";
        if (shape.isEmpty() || shape.get(0) != rows) {
            hint = "Are steps missing? Observations have one row more than actions, rewards and flags";
        } else if (inner.size() == 3
                && List.of(inner.get(1), inner.get(2), inner.get(0)).equals(sizes)) {
            hint = "Its pictures have the channels first. Save them with numpy.moveaxis(a, 1, -1)";
        } else if (inner.size() == 3
                && List.of(inner.get(2), inner.get(0), inner.get(1)).equals(sizes)) {
            hint = "Its pictures have the frames last. Save them with numpy.moveaxis(a, -1, 1)";
        } else if (space instanceof Discrete discrete && inner.equals(List.of(discrete.size()))) {
            hint = "Are the choices one-hot? Save them with numpy.argmax(a, axis=1)";
        } else if (product(inner) == space.width()) {
            hint = "The numbers lie in another order. Save them with that shape";
        }
        throw EpisodeFile.wrong(
                file,
                from.getPath() + " has the shape " + shape + ", but " + task + " needs " + rows + " rows of " + needs
                        + ". " + hint,
                null);
    }

    /** Sizes that decide where a number lies: those of 1 do not. */
    private static List<Integer> beyondOne(List<Integer> sizes) {
        return sizes.stream().filter(size -> size != 1).toList();
    }

    private static long product(List<Integer> sizes) {
        return sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    /** Python's truth values are an enumeration in HDF5; other writers use whole numbers. */
    ByteBuffer flags(Dataset from, int steps) {
        Object flat = from.getDataFlat();
        int count = flat.getClass().isArray() ? Array.getLength(flat) : 1;
        if (count != steps || !flat.getClass().isArray()) {
            throw EpisodeFile.wrong(
                    file,
                    from.getPath() + " has " + count + " entries for " + steps + " steps" + EpisodeFile.MEND,
                    null);
        }
        ByteBuffer flags = ByteBuffer.allocate(steps);
        for (int i = 0; i < steps; i++) {
            Object flag = Array.get(flat, i);
            String word = flag instanceof Number number ? Double.toString(number.doubleValue()) : flag.toString();
            switch (word.toLowerCase(Locale.ROOT)) {
                case "1.0", "true" -> flags.put(i, (byte) 1);
                case "0.0", "-0.0", "false" -> flags.put(i, (byte) 0);
                default ->
                    throw EpisodeFile.wrong(
                            file,
                            from.getPath() + ": row " + i + " (from 0) is " + flag
                                    + ", but whether an episode ends is told by" + " 1 or 0" + EpisodeFile.MEND,
                            null);
            }
        }
        return flags;
    }
}
