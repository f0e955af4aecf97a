using System;
using SdCompiler.Runtime.Cuda;
using TorchSharp;

namespace SdCompiler.Torch;

/// <summary>
/// One stream for torch and us, or an orderly border between two. TorchSharp has no streams; libtorch's C ABI has (libtorch 2.10, which TorchSharp 0.106 brings).
/// Torch keeps a current stream for each thread and device.
/// </summary>
public sealed class TorchStream : IDisposable
{
    private readonly CudaStream _previous;

    private TorchStream(CudaStream stream, CudaStream previous)
    {
        Stream = stream;
        _previous = previous;
    }

    /// <summary>The stream that torch was given.</summary>
    public CudaStream Stream { get; }

    /// <summary>The stream on which the calling thread's torch operations run now.</summary>
    /// <param name="device">The device.</param>
    /// <returns>Torch's own stream, not to be given back by us; its handle is 0 where that is the default stream.</returns>
    /// <exception cref="InvalidOperationException">libtorch is one for the CPU alone, or finds no GPU.</exception>
    /// <exception cref="DllNotFoundException">libtorch for CUDA was not found.</exception>
    /// <exception cref="EntryPointNotFoundException">libtorch does not have the function.</exception>
    public static CudaStream Current(CudaDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        torch.InitializeDeviceType(DeviceType.CUDA);
        return CudaStream.Wrap(device, LibtorchAbi.CurrentStream(device.Ordinal));
    }

    /// <summary>Lets the calling thread's torch operations run on a stream of ours until the result is disposed, by the same thread.</summary>
    /// <param name="stream">The stream; it must outlive the result, and the work that torch puts into it.</param>
    /// <exception cref="InvalidOperationException">libtorch is one for the CPU alone, or finds no GPU.</exception>
    /// <exception cref="DllNotFoundException">libtorch for CUDA was not found.</exception>
    /// <exception cref="EntryPointNotFoundException">libtorch is older than 2.10.</exception>
    public static TorchStream Use(CudaStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CudaStream previous = Current(stream.Device);
        LibtorchAbi.SetStream(stream.Handle, stream.Device.Ordinal);
        return new TorchStream(stream, previous);
    }

    /// <summary>Lets the calling thread's torch operations run on a CUDA trainer's stream until the result is disposed.</summary>
    /// <param name="trainer">The trainer; it must outlive the result.</param>
    /// <exception cref="ArgumentException">The trainer runs on the CPU.</exception>
    /// <exception cref="InvalidOperationException">libtorch is one for the CPU alone, or finds no GPU.</exception>
    /// <exception cref="DllNotFoundException">libtorch for CUDA was not found.</exception>
    /// <exception cref="EntryPointNotFoundException">libtorch is older than 2.10.</exception>
    public static TorchStream Use(LstmTrainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return Use(trainer.Core.Engine is CudaStepEngine engine
            ? engine.Program.Stream
            : throw new ArgumentException($"The trainer runs on the CPU ({trainer.KernelName}) and has no stream.", nameof(trainer)));
    }

    /// <summary>Lets a stream of ours wait, on the device, for what the calling thread's torch operations have queued so far.</summary>
    /// <param name="stream">The stream that waits.</param>
    /// <exception cref="InvalidOperationException">libtorch is one for the CPU alone, or finds no GPU.</exception>
    /// <exception cref="DllNotFoundException">libtorch for CUDA was not found.</exception>
    /// <exception cref="EntryPointNotFoundException">libtorch does not have the function.</exception>
    public static void WaitForTorch(CudaStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using CudaStream current = Current(stream.Device);
        Order(current, stream);
    }

    /// <summary>Lets the calling thread's later torch operations wait, on the device, for what a stream of ours has queued so far.</summary>
    /// <param name="stream">The stream that is waited for.</param>
    /// <exception cref="InvalidOperationException">libtorch is one for the CPU alone, or finds no GPU.</exception>
    /// <exception cref="DllNotFoundException">libtorch for CUDA was not found.</exception>
    /// <exception cref="EntryPointNotFoundException">libtorch does not have the function.</exception>
    public static void LetTorchWait(CudaStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using CudaStream current = Current(stream.Device);
        Order(stream, current);
    }

    /// <summary>Gives torch the stream back that it had before.</summary>
    public void Dispose()
    {
        LibtorchAbi.SetStream(_previous.Handle, Stream.Device.Ordinal);
        _previous.Dispose();
    }

    private static void Order(CudaStream first, CudaStream second)
    {
        if (first.Handle == second.Handle)
        {
            return; // one stream is in order by itself
        }

        // The driver keeps what is recorded and waited for after the event is given back.
        using var mark = new CudaEvent(first.Device, timed: false);
        mark.Record(first);
        mark.WaitOn(second);
    }
}
