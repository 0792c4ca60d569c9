/** What sessions are made of, the runtime's as well as those that methods are tested with. */
@NullMarked
package org.adapt4j.toolkit.run;

import org.jspecify.annotations.NullMarked;
