package org.adapt4j.api.benchmark;

import org.apiguardian.api.API;

/**
 * One thing looked at on this machine before anything is played, such as the files a benchmark needs.
 *
 * @param what a few words, such as {@code rom/breakout}
 * @param good whether all is well
 * @param found what there is
 * @param advice what to do if it is not good
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Finding(String what, boolean good, String found, String advice) {

    /** All is well. */
    public static Finding good(String what, String found) {
        return new Finding(what, true, found, "");
    }

    /** Something is missing or wrong. */
    public static Finding bad(String what, String found, String advice) {
        return new Finding(what, false, found, advice);
    }
}
