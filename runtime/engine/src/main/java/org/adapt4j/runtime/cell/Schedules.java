package org.adapt4j.runtime.cell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;

/** Writes schedules into checkpoints. */
final class Schedules {

    private static final int FIXED = 0;
    private static final int EACH_EPISODE = 1;
    private static final int TRIALS = 2;
    private static final int ROUND_ROBIN = 3;

    private Schedules() {}

    static void write(TaskSchedule schedule, DataOutputStream out) throws IOException {
        if (schedule instanceof TaskSchedule.Fixed) {
            out.writeByte(FIXED);
        } else if (schedule instanceof TaskSchedule.EachEpisode) {
            out.writeByte(EACH_EPISODE);
        } else if (schedule instanceof TaskSchedule.Trials trials) {
            out.writeByte(TRIALS);
            out.writeInt(trials.episodes());
        } else {
            out.writeByte(ROUND_ROBIN);
        }
        out.writeInt(schedule.tasks().size());
        for (Task task : schedule.tasks().tasks()) {
            out.writeUTF(task.benchmark());
            out.writeUTF(task.name());
            out.writeInt(task.attributes().size());
            for (Map.Entry<String, String> attribute : task.attributes().entrySet()) {
                out.writeUTF(attribute.getKey());
                out.writeUTF(attribute.getValue());
            }
        }
    }

    static TaskSchedule read(DataInputStream in) throws IOException {
        int kind = in.readByte();
        int episodes = kind == TRIALS ? in.readInt() : 0;
        int size = in.readInt();
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String benchmark = in.readUTF();
            String name = in.readUTF();
            Map<String, String> attributes = new TreeMap<>();
            int count = in.readInt();
            for (int a = 0; a < count; a++) {
                String key = in.readUTF();
                attributes.put(key, in.readUTF());
            }
            tasks.add(new Task(benchmark, name, attributes));
        }
        return switch (kind) {
            case FIXED -> TaskSchedule.fixed(tasks.get(0));
            case EACH_EPISODE -> TaskSchedule.eachEpisode(new TaskSet(tasks));
            case TRIALS -> TaskSchedule.trials(new TaskSet(tasks), episodes);
            case ROUND_ROBIN -> TaskSchedule.roundRobin(new TaskSet(tasks));
            default -> throw new IOException("a schedule of unknown kind " + kind);
        };
    }
}
