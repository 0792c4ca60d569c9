package org.adapt4j.api.plugin;

import org.apiguardian.api.API;

/**
 * A jar's entry point, found by {@link java.util.ServiceLoader}: name the class in {@code
 * META-INF/services/org.adapt4j.api.plugin.Plugin} and give it a public constructor without parameters.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Plugin {

    /** Unique name. Third parties use a dotted one, such as {@code org.example.my-method}; undotted ones are ours. */
    String id();

    /** Says what the jar adds. Called once, before anything runs. */
    void contribute(Contributions contributions);
}
