namespace TorchSharp;

public static partial class torch
{
    /// <summary>Test double: a kind of device and its number, -1 for whichever is current.</summary>
    public class Device
    {
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public DeviceType type { get; }

        public int index { get; }
    }
}
