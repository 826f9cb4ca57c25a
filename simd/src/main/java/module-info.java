/** The kernels on the Vector API, for JVMs that offer it. */
module org.mixtura.simd {
    requires jdk.incubator.vector;
    requires org.mixtura;
    requires static org.jspecify;

    provides org.mixtura.kernel.Kernels with
            org.mixtura.simd.VectorKernels;
}
