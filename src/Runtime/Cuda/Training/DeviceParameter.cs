using System;

namespace SdCompiler.Runtime.Cuda;

/// <summary>One parameter on the device: its values, its gradient, and what the optimizer remembers of it, all in one layout (<see cref="DeviceLayout"/>).</summary>
internal sealed class DeviceParameter : IDisposable
{
    private readonly DeviceBuffer _values;
    private readonly DeviceBuffer _gradient;
    private readonly DeviceBuffer[] _moments;

    public DeviceParameter(CudaDevice device, CudaStream stream, Parameter parameter, int gradientRows, int moments)
    {
        Parameter = parameter;
        Rows = DeviceLayout.Rows(parameter);
        Columns = DeviceLayout.Columns(parameter);
        GradientRows = gradientRows;
        if (Floats > Array.MaxLength)
        {
            throw new ArgumentException($"'{parameter.Name}' has {Floats} numbers with padding, and a parameter on a GPU has at most {Array.MaxLength}; use smaller sizes, or train on the CPU.", nameof(parameter));
        }

        _values = New(device, stream, Floats);
        _gradient = New(device, stream, (long)gradientRows * Columns);
        _moments = new DeviceBuffer[moments];
        for (int i = 0; i < moments; i++)
        {
            _moments[i] = New(device, stream, Floats);
        }
    }

    public Parameter Parameter { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Rows of the gradient: all of them, or the most distinct tokens of a window for a table.</summary>
    public int GradientRows { get; }

    /// <summary>A table's gradient has a row for each distinct token of the window alone.</summary>
    public bool IsTable => Parameter is TableParameter;

    public long Floats => (long)Rows * Columns;

    public nint Values => _values.Pointer;

    public nint Gradient => _gradient.Pointer;

    public nint Moment(int index) => index < _moments.Length ? _moments[index].Pointer : 0;

    public void Upload()
    {
        var torch = new float[Parameter.Count];
        Parameter.WriteTo(torch);
        Write(_values, torch);
    }

    public void Download()
    {
        Parameter.Take(Read(_values));
    }

    /// <summary>Lets a stream set every byte of the gradient to one value.</summary>
    public void FillGradient(CudaStream stream, byte value) => _gradient.Fill(stream, value);

    public float[] ReadMoment(int index) => Read(_moments[index]);

    public void WriteMoment(int index, ReadOnlySpan<float> torch) => Write(_moments[index], torch);

    /// <summary>The gradient in PyTorch's layout.</summary>
    /// <param name="tokens">The distinct tokens whose rows a table's gradient has.</param>
    public float[] ReadGradient(ReadOnlySpan<int> tokens)
    {
        if (!IsTable)
        {
            return Read(_gradient);
        }

        var torch = new float[Parameter.Count];
        var rows = new float[(long)tokens.Length * Columns];
        _gradient.Download(rows.AsSpan());
        for (int slot = 0; slot < tokens.Length; slot++)
        {
            rows.AsSpan(slot * Columns, Columns).CopyTo(torch.AsSpan(tokens[slot] * Columns));
        }

        return torch;
    }

    public void Dispose()
    {
        _values.Dispose();
        _gradient.Dispose();
        foreach (DeviceBuffer moment in _moments)
        {
            moment.Dispose();
        }
    }

    /// <summary>A buffer of zeros: padding must be zero, and so must moments.</summary>
    private static DeviceBuffer New(CudaDevice device, CudaStream stream, long floats)
    {
        var buffer = new DeviceBuffer(device, floats * sizeof(float));
        buffer.Clear(stream);
        stream.Synchronize(); // uploads go another way
        return buffer;
    }

    private float[] Read(DeviceBuffer buffer)
    {
        var device = new float[Floats];
        buffer.Download(device.AsSpan());
        var torch = new float[Parameter.Count];
        DeviceLayout.ToTorch(Parameter, device, torch);
        return torch;
    }

    private void Write(DeviceBuffer buffer, ReadOnlySpan<float> torch)
    {
        var device = new float[Floats];
        DeviceLayout.FromTorch(Parameter, torch, device);
        buffer.Upload<float>(device);
    }
}
