using System;

namespace TorchSharp.Doubles;

/// <summary>What stands for torch's CUDA: its memory is that of the stand-in for the driver, reached by whatever copies a test gives.</summary>
internal static unsafe class Device
{
    /// <summary>Copies bytes from the device: to, from, how many. Null where there is no device.</summary>
    public static Action<nint, nint, long>? ToHost { get; set; }

    public static bool IsPresent => ToHost is not null;

    /// <summary>A copy on the CPU; the tensor itself where it is there.</summary>
    public static TensorData Download(TensorData data)
    {
        if (data.Storage.DeviceType == DeviceType.CPU)
        {
            return data;
        }

        if (data.Storage.IsHostMemory)
        {
            return new TensorData(data.Storage.AsHost(), data.Shape, data.Strides, data.Offset);
        }

        // Views start anywhere in the block: everything from the first to the last number comes over.
        long last = 0;
        for (int i = 0; i < data.Shape.Length; i++)
        {
            last += (data.Shape[i] - 1) * data.Strides[i];
        }

        Storage storage = new(data.Type, last + 1);
        (ToHost ?? throw new InvalidOperationException("There is no device."))(storage.Address, data.Address, (last + 1) * storage.ElementSize);
        return new TensorData(storage, data.Shape, data.Strides, 0);
    }

    /// <summary>A tensor of torch's own memory on the device. Its numbers lie on the host, where only <see cref="Download"/> finds them.</summary>
    public static TensorData Upload(TensorData data) => new(data.Storage.AsDevice(), data.Shape, data.Strides, data.Offset);
}
