/** What an observation or an action is made of. */
@NullMarked
package org.adapt4j.api.space;

import org.jspecify.annotations.NullMarked;
