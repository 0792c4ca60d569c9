class MoveArmThenGripper:
    def __init__(self, arm_action_mode, gripper_action_mode):
        self.arm, self.gripper = arm_action_mode, gripper_action_mode
