using System;

namespace TorchSharp;

/// <summary>
/// Test double of the managed library TorchSharp: the members that our sources use, with the public signatures of TorchSharp 0.106.0, written anew and
/// computing by plain loops. README.md in this folder lists each with the file of the real declaration.
/// </summary>
public static partial class torch
{
    public enum ScalarType : sbyte
    {
        Byte = 0,
        Int8 = 1,
        Int16 = 2,
        Int32 = 3,
        Int64 = 4,
        Float16 = 5,
        Float32 = 6,
        Float64 = 7,
        ComplexFloat32 = 9,
        ComplexFloat64 = 10,
        Bool = 11,
        BFloat16 = 15,
    }

    public static readonly Device CPU = new(DeviceType.CPU, -1);

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (deviceType == DeviceType.CUDA && !Doubles.Device.IsPresent)
        {
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
        }
    }

    public static DisposeScope NewDisposeScope() => new();

    public static IDisposable no_grad() => new Doubles.NoGrad();

    public static Tensor tensor(float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create(rawArray, dimensions, ScalarType.Float32, dtype, device, requires_grad);

    public static Tensor tensor(double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create(rawArray, dimensions, ScalarType.Float64, dtype, device, requires_grad);

    public static Tensor tensor(int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create(rawArray, dimensions, ScalarType.Int32, dtype, device, requires_grad);

    public static Tensor tensor(long[] dataArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Create(dataArray, dimensions, ScalarType.Int64, dtype, device, requires_grad);

    public static Tensor zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        new(new Doubles.TensorData(dtype ?? ScalarType.Float32, [rows, columns]) { RequiresGradient = requires_grad });

    private static unsafe Tensor Create<T>(T[] values, ReadOnlySpan<long> dimensions, ScalarType own, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        var data = new Doubles.TensorData(own, dimensions.ToArray());
        if (data.Count != values.Length)
        {
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {values.Length} numbers for {data.Count}");
        }

        values.CopyTo(new Span<T>((void*)data.Address, values.Length));
        if (device is { type: DeviceType.CUDA })
        {
            data = Doubles.Device.Upload(data);
        }

        data = Doubles.Operations.Convert(data, dtype ?? own);
        data.RequiresGradient = requires_grad;
        return new Tensor(data);
    }
}
