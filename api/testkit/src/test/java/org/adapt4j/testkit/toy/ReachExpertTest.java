package org.adapt4j.testkit.toy;

import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.testkit.DataSetContract;

final class ReachExpertTest extends DataSetContract {

    @Override
    protected DataSet dataSet() {
        return new ReachExpert(new ReachExpert.Settings(5), benchmark());
    }

    @Override
    protected TaskDistribution benchmark() {
        return new ReachBenchmark(new ReachBenchmark.Settings(4, 10));
    }
}
