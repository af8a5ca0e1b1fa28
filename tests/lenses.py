"""The lens of the rendered camera, as a photo would name it."""

from archscan.synthetic.camera import FOCAL_SHARE

LONG_SIDE_MM = 34.6
"""Of a frame of 3:4 that measures 43.27 mm from corner to corner, as 35 mm terms are meant."""

FOCAL_LENGTH = FOCAL_SHARE * LONG_SIDE_MM
