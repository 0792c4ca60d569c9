package org.adapt4j.api.method;

import org.apiguardian.api.API;

/** The session of a learner; its tasks are the training tasks. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface TrainingSession extends Session {}
