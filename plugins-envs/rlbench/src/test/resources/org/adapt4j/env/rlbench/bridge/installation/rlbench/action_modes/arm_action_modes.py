class JointPosition:
    def __init__(self, absolute_mode=True):
        self.absolute = absolute_mode


class JointVelocity:
    pass


class EndEffectorPoseViaPlanning:
    def __init__(self, absolute_mode=True, frame="world", collision_checking=False):
        if frame not in ("world", "end effector"):
            raise ValueError(frame)
