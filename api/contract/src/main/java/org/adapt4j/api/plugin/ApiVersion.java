package org.adapt4j.api.plugin;

import org.apiguardian.api.API;

/** Version of the contract. A plug-in's manifest states the one it was compiled for as {@code Adapt4J-Api-Version}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ApiVersion {

    /** Major and minor, such as {@code 0.1}. Until 1.0 every minor version may break. */
    public static final String CURRENT = "0.1";

    private ApiVersion() {}
}
