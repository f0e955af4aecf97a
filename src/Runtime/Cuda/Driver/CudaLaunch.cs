using System;

namespace SdCompiler.Runtime.Cuda;

/// <summary>Puts kernels into streams.</summary>
public static unsafe class CudaLaunch
{
    // CUDA's own bound, 4 KB of parameters, in arguments of 8 bytes; it also bounds the stack taken below.
    private const int MostArguments = 512;

    /// <summary>Puts a kernel into a stream; nothing is allocated.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="function">The kernel.</param>
    /// <param name="gridX">Blocks, first dimension.</param>
    /// <param name="gridY">Blocks, second dimension.</param>
    /// <param name="blockX">Threads of a block.</param>
    /// <param name="arguments">One for every parameter of the kernel, each of the parameter's type: neither is checked.</param>
    /// <exception cref="CudaException">The driver refuses the launch.</exception>
    public static void Run(CudaStream stream, CudaFunction function, int gridX, int gridY, int blockX, params ReadOnlySpan<CudaArgument> arguments)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(function);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gridX);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gridY);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(blockX);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(arguments.Length, MostArguments, nameof(arguments));
        stream.Device.MakeCurrent();
        void** addresses = stackalloc void*[arguments.Length];
        int status;
        fixed (CudaArgument* values = arguments)
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                addresses[i] = values + i;
            }

            status = DriverApi.cuLaunchKernel(
                function.Handle, (uint)gridX, (uint)gridY, 1, (uint)blockX, 1, 1, 0, stream.Handle, addresses, null);
        }

        if (status != CudaStatus.Success)
        {
            throw Failure(status, function, gridX, gridY, blockX);
        }
    }

    private static CudaException Failure(int status, CudaFunction function, int gridX, int gridY, int blockX) => new(
        $"{nameof(DriverApi.cuLaunchKernel)} failed for kernel '{function.Name}' with {gridX} x {gridY} blocks of {blockX} threads: {Check.DriverText(status)}. {CudaStatus.Advice(status)}",
        status);
}
