namespace TorchSharp;

/// <summary>Test double of TorchSharp's enum, with its values.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}
