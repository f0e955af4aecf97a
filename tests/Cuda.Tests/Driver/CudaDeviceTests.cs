using System;
using System.Threading;
using SdCompiler.Cuda.Tests.Harness;
using SdCompiler.Runtime.Cuda;
using Xunit;

namespace SdCompiler.Cuda.Tests;

public sealed class CudaDeviceTests
{
    [RequiresStandInFact]
    public void ThereIsOneObjectForADevice()
    {
        CudaDevice device = TestDevice.Open();
        Assert.Same(device, CudaDevice.Open(0));
        Assert.Null(CudaDevice.Unavailable);
        Assert.Equal(1, CudaDevice.Count);
        Assert.Equal(0, device.Ordinal);
        Assert.Equal("CPU stand-in", device.Name);
        Assert.Equal((9, 0), (device.ComputeMajor, device.ComputeMinor));
        Assert.Equal("sm_90", device.Architecture);
        Assert.Equal(132, device.Multiprocessors);
        Assert.Equal("13.0", device.DriverVersion);
        Assert.Equal(device.TotalMemory, device.Memory.Total);
        Assert.InRange(device.Memory.Free, 1, device.TotalMemory);
    }

    [RequiresStandInFact]
    public void ADeviceThatIsNotThereIsNamed()
    {
        TestDevice.Open();
        Assert.Throws<ArgumentOutOfRangeException>(() => CudaDevice.Open(-1));
        ArgumentOutOfRangeException e = Assert.Throws<ArgumentOutOfRangeException>(() => CudaDevice.Open(1));
        Assert.Contains("There is no CUDA device 1: the driver finds 1, numbered from 0.", e.Message, StringComparison.Ordinal);
    }

    [RequiresStandInFact]
    public void AnyThreadMayUseIt()
    {
        CudaDevice device = TestDevice.Open();
        using var buffer = new DeviceBuffer(device, sizeof(int));
        Exception? failure = null;
        int read = 0;
        var thread = new Thread(() =>
        {
            try
            {
                buffer.Upload([17]);
                int[] back = new int[1];
                buffer.Download<int>(back);
                read = back[0];
            }
            catch (CudaException e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
        Assert.Equal(17, read);
    }

    [RequiresStandInFact]
    public void AFailedCallSaysWhatFailedAndWhatToDo()
    {
        CudaDevice device = TestDevice.Open();
        StandInControl.FailNext("cuMemGetInfo_v2", 700);
        CudaException e = Assert.Throws<CudaException>(() => device.Memory);
        Assert.Equal(700, e.Status);
        Assert.StartsWith("cuMemGetInfo_v2 failed: CUDA_ERROR_ILLEGAL_ADDRESS (700, an illegal memory access was encountered). A kernel failed", e.Message, StringComparison.Ordinal);
    }

    [RequiresStandInFact]
    public void AnUnknownStatusKeepsItsNumber()
    {
        TestDevice.Open();
        CudaException e = Assert.Throws<CudaException>(() => Check.Driver(4321, "cuSomething"));
        Assert.StartsWith("cuSomething failed: an unknown status (4321). ", e.Message, StringComparison.Ordinal);
        Check.Driver(0, "cuSomething");
    }

    [Fact]
    public void AnOldDriverIsNamed()
    {
        CudaException e = Assert.Throws<CudaException>(() => DriverStart.CheckVersion(11020));
        Assert.Equal("The CUDA driver of this machine is for CUDA 11.2; SdCompiler needs one for CUDA 11.4 or newer. Update the NVIDIA driver.", e.Message);
        DriverStart.CheckVersion(11040);
        Assert.Equal("12.8", DriverStart.Text(12080));
    }
}
