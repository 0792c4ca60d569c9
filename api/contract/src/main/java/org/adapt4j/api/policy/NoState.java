package org.adapt4j.api.policy;

import java.io.DataInputStream;
import java.io.DataOutputStream;

/** The state of a policy without memory. */
record NoState(int slots) implements PolicyState {

    @Override
    public PolicyState spread(int others) {
        return new NoState(others);
    }

    @Override
    public void save(DataOutputStream out) {}

    @Override
    public void load(DataInputStream in) {}
}
