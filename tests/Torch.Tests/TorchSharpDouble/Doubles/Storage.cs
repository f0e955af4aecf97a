using System;
using System.Runtime.InteropServices;

namespace TorchSharp.Doubles;

/// <summary>Memory of tensors: our own, freed when the last tensor is gone, or somebody else's.</summary>
internal sealed unsafe class Storage
{
    private readonly bool _owned;
    private readonly Storage? _memory; // whose memory this is, kept alive

    /// <summary>Zeros on the CPU.</summary>
    public Storage(torch.ScalarType type, long count)
    {
        Type = type;
        Address = (nint)NativeMemory.AllocZeroed((nuint)long.Max(1, count) * (nuint)ElementSize);
        _owned = true;
    }

    /// <summary>Memory of others on a device.</summary>
    public Storage(torch.ScalarType type, nint address, int deviceIndex)
    {
        Type = type;
        Address = address;
        DeviceType = DeviceType.CUDA;
        DeviceIndex = deviceIndex;
    }

    private Storage(Storage memory, DeviceType deviceType)
    {
        Type = memory.Type;
        Address = memory.Address;
        DeviceType = deviceType;
        _memory = memory;
    }

    ~Storage()
    {
        if (_owned)
        {
            NativeMemory.Free((void*)Address);
        }
    }

    public torch.ScalarType Type { get; }

    public nint Address { get; }

    public DeviceType DeviceType { get; }

    public int DeviceIndex { get; }

    /// <summary>Whether a tensor of the device really lies on the host: one that the double made itself.</summary>
    public bool IsHostMemory => _memory is not null;

    public int ElementSize => Type switch
    {
        torch.ScalarType.Int32 or torch.ScalarType.Float32 => 4,
        torch.ScalarType.Int64 or torch.ScalarType.Float64 => 8,
        _ => throw new NotSupportedException($"The double has no {Type}."),
    };

    /// <summary>Numbers as doubles: exact for all but very large Int64.</summary>
    public double this[long index]
    {
        get
        {
            OnCpu();
            double value = Type switch
            {
                torch.ScalarType.Int32 => ((int*)Address)[index],
                torch.ScalarType.Int64 => ((long*)Address)[index],
                torch.ScalarType.Float32 => ((float*)Address)[index],
                _ => ((double*)Address)[index],
            };
            GC.KeepAlive(this);
            return value;
        }

        set
        {
            OnCpu();
            switch (Type)
            {
                case torch.ScalarType.Int32:
                    ((int*)Address)[index] = (int)value;
                    break;
                case torch.ScalarType.Int64:
                    ((long*)Address)[index] = (long)value;
                    break;
                case torch.ScalarType.Float32:
                    ((float*)Address)[index] = (float)value;
                    break;
                default:
                    ((double*)Address)[index] = value;
                    break;
            }

            GC.KeepAlive(this);
        }
    }

    public Storage AsDevice() => new(this, DeviceType.CUDA);

    public Storage AsHost() => new(this, DeviceType.CPU);

    public static Type ClrType(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Int32 => typeof(int),
        torch.ScalarType.Int64 => typeof(long),
        torch.ScalarType.Float32 => typeof(float),
        torch.ScalarType.Float64 => typeof(double),
        _ => throw new NotSupportedException($"The double has no {type}."),
    };

    private void OnCpu()
    {
        if (DeviceType != DeviceType.CPU)
        {
            throw new InvalidOperationException("The processor touched memory of a device.");
        }
    }
}
