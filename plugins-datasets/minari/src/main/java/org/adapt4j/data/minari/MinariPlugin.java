package org.adapt4j.data.minari;

import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;

/** Offers the data set {@code minari}, and to record in its format. */
public final class MinariPlugin implements Plugin {

    @Override
    public String id() {
        return "minari";
    }

    @Override
    public void contribute(Contributions contributions) {
        contributions.dataSet("minari", MinariDataSet.Settings.class, MinariDataSet.class);
        contributions.dataSetWriter("minari", MinariWriter.Settings.class, MinariWriter.class);
    }
}
