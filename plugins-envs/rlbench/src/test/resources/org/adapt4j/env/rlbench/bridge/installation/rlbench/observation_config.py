class CameraConfig:
    def __init__(self):
        self.rgb = self.depth = self.point_cloud = self.mask = True
        self.image_size = (128, 128)
        self.depth_in_meters = False
        self.masks_as_one_channel = True


class ObservationConfig:
    def __init__(self):
        for name in ("left_shoulder", "right_shoulder", "overhead", "wrist", "front"):
            setattr(self, name + "_camera", CameraConfig())

    def set_all(self, value):
        for name in ("left_shoulder", "right_shoulder", "overhead", "wrist", "front"):
            camera = getattr(self, name + "_camera")
            camera.rgb = camera.depth = camera.point_cloud = camera.mask = value
